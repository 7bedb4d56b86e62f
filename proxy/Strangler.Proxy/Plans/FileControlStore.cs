using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strangler.Proxy.Plans;

/// <summary>
/// Keeps the control state of one edge in a folder: <c>state.json</c>, replaced as a whole, and <c>audit.jsonl</c>, only appended to.
/// </summary>
public sealed class FileControlStore
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    private readonly string _statePath;
    private readonly AuditLog _audit;

    /// <summary>Opens the store, creating its folder if need be.</summary>
    /// <exception cref="ControlStoreException">The folder cannot be used.</exception>
    public FileControlStore(string folder)
    {
        _statePath = Path.Combine(folder, "state.json");
        try
        {
            Directory.CreateDirectory(folder);
            _audit = new AuditLog(Path.Combine(folder, "audit.jsonl"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ControlStoreException($"the state folder {folder} cannot be used: {error.Message}", error);
        }
    }

    /// <summary>The last state that was saved, or <see cref="ControlState.Initial"/>.</summary>
    /// <exception cref="ControlStoreException">There is a state, but it cannot be read: starting with another one could move users.</exception>
    public ControlState Load()
    {
        if (!File.Exists(_statePath)) return ControlState.Initial;
        try
        {
            var state = JsonSerializer.Deserialize<ControlState>(File.ReadAllText(_statePath), Json) ?? throw new JsonException("it holds null.");
            if (state.Capabilities.FirstOrDefault(c => c.Value?.Share is not (>= 0 and <= 100)) is { Key: { } name })
            {
                throw new JsonException($"the state of '{name}' has no share from 0 to 100.");
            }

            return state;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ControlStoreException(
                $"{_statePath} cannot be read: {error.Message} Put a good copy in its place, or move it away to start with every capability at legacy.",
                error);
        }
    }

    /// <summary>Writes the audit entry, then the state; each is on disk before the next step.</summary>
    /// <exception cref="ControlStoreException">Either could not be written; the state on disk is then still the old one.</exception>
    public void Save(ControlState state, AuditEntry entry)
    {
        try
        {
            _audit.Append(entry);
            var temporary = _statePath + ".tmp";
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                JsonSerializer.Serialize(file, state, Json);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, _statePath, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ControlStoreException($"the change could not be saved: {error.Message}", error);
        }
    }
}
