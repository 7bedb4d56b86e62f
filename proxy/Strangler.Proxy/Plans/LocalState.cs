using System.Text.Json;

namespace Strangler.Proxy.Plans;

/// <summary>What an edge keeps on its own disk, whatever store it has: the last good plan and the local overrides.</summary>
public sealed class LocalState
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _plan;
    private readonly string _overrides;

    /// <summary>Opens the folder, creating it if need be.</summary>
    /// <param name="folder">The state folder.</param>
    /// <param name="edge">Name of the edge.</param>
    /// <exception cref="ControlStoreException">The folder cannot be used.</exception>
    public LocalState(string folder, string edge)
    {
        Edge = edge;
        KillFile = Path.Combine(folder, "kill");
        _plan = Path.Combine(folder, "last-good.plan");
        _overrides = Path.Combine(folder, "override.json");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (IsDisk(error))
        {
            throw new ControlStoreException($"the state folder {folder} cannot be used: {error.Message}", error);
        }
    }

    /// <summary>Name of the edge.</summary>
    public string Edge { get; }

    /// <summary>The file that operators name capabilities in, to take them back with nothing but a shell.</summary>
    public string KillFile { get; }

    /// <summary>The last plan that was in force; null when there was none or it cannot be used.</summary>
    public ControlState? ReadPlan()
    {
        try
        {
            return File.Exists(_plan) ? PlanDocument.Read(File.ReadAllText(_plan)) : null;
        }
        catch (Exception error) when (IsDisk(error) || error is FormatException)
        {
            return null;
        }
    }

    /// <summary>Keeps the plan in force.</summary>
    /// <returns>Why that did not work; null when it did.</returns>
    public string? TryWritePlan(string document) => TryWrite(_plan, document);

    /// <summary>The overrides that are not merged yet.</summary>
    /// <exception cref="ControlStoreException">They cannot be read, and an edge that forgets a kill must not start.</exception>
    public IReadOnlyList<LocalOverride> ReadOverrides()
    {
        try
        {
            return File.Exists(_overrides) ? JsonSerializer.Deserialize<List<LocalOverride>>(File.ReadAllText(_overrides), Json) ?? [] : [];
        }
        catch (Exception error) when (IsDisk(error) || error is JsonException)
        {
            throw new ControlStoreException($"the local overrides in {_overrides} cannot be read: {error.Message}. Mend the file, or take it away to go on without them", error);
        }
    }

    /// <summary>Keeps the overrides.</summary>
    /// <returns>Why that did not work; null when it did.</returns>
    public string? TryWriteOverrides(IReadOnlyList<LocalOverride> overrides) => TryWrite(_overrides, JsonSerializer.Serialize(overrides, Json) + "\n");

    private static string? TryWrite(string path, string text)
    {
        try
        {
            DurableFile.Write(path, text);
            return null;
        }
        catch (Exception error) when (IsDisk(error))
        {
            return error.Message;
        }
    }

    private static bool IsDisk(Exception error) => error is IOException or UnauthorizedAccessException;
}
