using Strangler.Core.Model;

namespace Strangler.Core.Admin;

/// <summary>Which role has which right, and which right a change needs.</summary>
public static class Rights
{
    /// <summary>True when a role has a right.</summary>
    public static bool Has(this Role role, Right right) => role switch
    {
        Role.Admin => true,
        Role.Migrator => right is Right.Look or Right.Lower or Right.Raise,
        Role.Operator => right is Right.Look or Right.Lower,
        Role.Qa => right is Right.Look or Right.Judge,
        _ => right is Right.Look,
    };

    /// <summary>The roles that have a right, the least of them first.</summary>
    public static IEnumerable<Role> RolesWith(Right right) => Enum.GetValues<Role>().Where(role => role.Has(right));

    /// <summary>The right that a move needs: taking somebody off a list does the opposite of putting him on it.</summary>
    public static Right NeededFor(Move move) => move.Verb switch
    {
        Verb.Promote or Verb.Release or Verb.Reset => Right.Raise,
        Verb.Include => move.Remove ? Right.Lower : Right.Raise,
        Verb.Exclude => move.Remove ? Right.Raise : Right.Lower,
        _ => Right.Lower,
    };
}
