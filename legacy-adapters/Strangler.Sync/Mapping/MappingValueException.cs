namespace Strangler.Sync.Mapping;

/// <summary>
/// A source row holds a value that the target cannot have. Thrown by a mapping with what is wrong; the engine adds entity and key,
/// stops the stream and tries again until the value is corrected.
/// </summary>
public sealed class MappingValueException : Exception
{
    /// <summary>Without a message.</summary>
    public MappingValueException()
    {
    }

    /// <summary>With what is wrong, such as <c>currency is empty</c>.</summary>
    public MappingValueException(string message)
        : base(message)
    {
    }

    /// <summary>With what is wrong and its cause.</summary>
    public MappingValueException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
