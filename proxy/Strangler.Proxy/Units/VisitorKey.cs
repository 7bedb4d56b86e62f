namespace Strangler.Proxy.Units;

/// <summary>A key that signs visitor cookies.</summary>
/// <param name="Id">Stands in the cookie, so that the right key verifies it.</param>
/// <param name="Secret">At least 32 bytes.</param>
internal sealed record VisitorKey(string Id, byte[] Secret)
{
    // The compiler's would show the bytes of an array's type only, but nobody shall have to know that.
    public override string ToString() => $"visitor key {Id}";
}
