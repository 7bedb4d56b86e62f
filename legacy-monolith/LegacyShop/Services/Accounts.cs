using LegacyShop.Data;

namespace LegacyShop.Services;

/// <summary>Logging in and out. The session keeps its value, so the visitor's cart stays.</summary>
internal sealed class Accounts(CustomerRepository customers, SessionRepository sessions, ShopClock clock)
{
    /// <summary>Longest mail address and password that are looked at.</summary>
    public const int MaxLength = 160;

    /// <summary>Who is logged in on this session; null for a visitor.</summary>
    public Task<Customer?> FindCurrentAsync(string sid) => customers.FindBySessionAsync(sid);

    /// <summary>The customer, or null when the mail address or the password is wrong.</summary>
    public async Task<Customer?> LogInAsync(string sid, string email, string password)
    {
        if (email.Length > MaxLength || password.Length > MaxLength
            || await customers.FindByEmailAsync(email) is not { } customer
            || !PasswordHash.Verify(customer.PwSalt, customer.PwHash, password))
        {
            return null;
        }

        await sessions.SetCustomerAsync(sid, customer.CustId, clock.Now);
        return customer;
    }

    public Task LogOutAsync(string sid) => sessions.SetCustomerAsync(sid, custId: null, clock.Now);
}
