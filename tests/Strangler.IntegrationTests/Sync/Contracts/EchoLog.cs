using System.Buffers.Binary;
using System.Text;
using Dapper;
using Npgsql;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>The log of a target, as the stream that leads back will read it: <c>pgoutput</c>, with messages.</summary>
internal sealed class EchoLog(SyncLab lab, string slot)
{
    /// <summary>Begins here.</summary>
    public static async Task<EchoLog> OpenAsync(SyncLab lab)
    {
        var slot = $"echo_{lab.Slot}";
        await using var connection = new NpgsqlConnection(lab.TargetConnection);
        await connection.ExecuteAsync("create publication echo for all tables");
        await connection.ExecuteAsync($"select pg_create_logical_replication_slot('{slot}', 'pgoutput'), pg_create_logical_replication_slot('{slot}_local', 'test_decoding')");
        return new EchoLog(lab, slot);
    }

    /// <summary>The transactions since the last call.</summary>
    public async Task<IReadOnlyList<EchoTransaction>> ReadAsync()
    {
        await using var connection = new NpgsqlConnection(lab.TargetConnection);
        var messages = await connection.QueryAsync<byte[]>(
            $"select data from pg_logical_slot_get_binary_changes('{slot}', null, null, 'proto_version', '1', 'publication_names', 'echo', 'messages', 'true')");
        var transactions = new List<EchoTransaction>();
        var tables = new Dictionary<int, string>();
        foreach (var message in messages)
        {
            ReadOnlySpan<byte> rest = message.AsSpan(1);
            switch ((char)message[0])
            {
                case 'B':
                    transactions.Add(new EchoTransaction());
                    break;
                case 'O':
                    transactions[^1].Origin = Text(ref rest, skip: 8);
                    break;
                case 'M':
                    var isTransactional = rest[0] == 1;
                    var prefix = Text(ref rest, skip: 9);
                    transactions[^1].Messages.Add(new EchoMessage(isTransactional, prefix, rest[4..].ToArray()));
                    break;
                case 'R':
                    var number = BinaryPrimitives.ReadInt32BigEndian(rest);
                    tables[number] = $"{Text(ref rest, skip: 4)}.{Text(ref rest, skip: 0)}";
                    break;
                case 'I' or 'U' or 'D':
                    transactions[^1].Tables.Add(tables[BinaryPrimitives.ReadInt32BigEndian(rest)]);
                    break;
            }
        }

        return transactions;
    }

    /// <summary>The changes since the last call of which the server says that they were made here, not brought over: it never sends those with an origin.</summary>
    public async Task<IReadOnlyList<string>> ReadLocalAsync()
    {
        await using var connection = new NpgsqlConnection(lab.TargetConnection);
        var changes = await connection.QueryAsync<string>($"select data from pg_logical_slot_get_changes('{slot}_local', null, null, 'only-local', 'true')");
        return [.. changes.Where(change => change.StartsWith("table", StringComparison.Ordinal))];
    }

    /// <summary>Lets the server forget the log.</summary>
    public Task CloseAsync() => lab.TargetValueAsync<int>($"select 1 from (select pg_drop_replication_slot('{slot}'), pg_drop_replication_slot('{slot}_local')) dropped");

    private static string Text(ref ReadOnlySpan<byte> from, int skip)
    {
        var end = skip + from[skip..].IndexOf((byte)0);
        var text = Encoding.UTF8.GetString(from[skip..end]);
        from = from[(end + 1)..];
        return text;
    }
}
