using Strangler.Demo.Processes;

namespace Strangler.Demo.Clusters;

/// <summary>As whom PostgreSQL runs: the account "postgres" when we are root (initdb refuses root), else ourselves.</summary>
internal sealed class PostgresAccount
{
    private readonly (uint User, uint Group)? _other;

    private PostgresAccount((uint User, uint Group)? other) => _other = other;

    /// <summary>Finds the account.</summary>
    /// <exception cref="InvalidOperationException">We are root and there is no account "postgres".</exception>
    public static PostgresAccount Find()
    {
        if (Libc.EffectiveUserId != 0)
        {
            return new PostgresAccount(null);
        }

        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':'));
        return accounts.FirstOrDefault(fields => fields is ["postgres", _, _, _, ..]) is [_, _, var user, var group, ..]
            ? new PostgresAccount((uint.Parse(user), uint.Parse(group)))
            : throw new InvalidOperationException("PostgreSQL refuses to run as root, and there is no account \"postgres\".");
    }

    /// <summary>The command as this account runs it; the process id stays the same.</summary>
    public IReadOnlyList<string> Wrap(params IReadOnlyList<string> command) => _other is var (user, group)
        ? ["setpriv", $"--reuid={user}", $"--regid={group}", "--init-groups", "--", .. command]
        : command;

    /// <summary>Gives a file or folder to this account.</summary>
    public void Own(string path)
    {
        if (_other is var (user, group))
        {
            Libc.ChangeOwner(path, user, group);
        }
    }
}
