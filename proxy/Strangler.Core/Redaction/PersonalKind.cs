namespace Strangler.Core.Redaction;

/// <summary>What a detector has found in a text.</summary>
public enum PersonalKind
{
    /// <summary>A JSON Web Token, or the beginning of one.</summary>
    Jwt,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>An account number (IBAN) whose check digits are right.</summary>
    Iban,

    /// <summary>A payment card number of a known scheme whose check digit is right (Luhn).</summary>
    Card,

    /// <summary>A telephone number.</summary>
    Phone,
}
