using Strangler.Sync.Mapping;

namespace Shop.Adapters;

/// <summary>The shop's flags, one letter each.</summary>
internal static class ShopFlag
{
    /// <summary>Whether it is Y.</summary>
    /// <exception cref="MappingValueException">It is neither Y nor N.</exception>
    public static bool IsSet(string flag, string column) => flag switch
    {
        "Y" => true,
        "N" => false,
        _ => throw new MappingValueException($"{column} is '{flag}', neither Y nor N"),
    };
}
