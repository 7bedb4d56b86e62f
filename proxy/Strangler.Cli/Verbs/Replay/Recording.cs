namespace Strangler.Cli.Verbs.Replay;

/// <summary>What a file of recorded traffic holds.</summary>
/// <param name="File">Its name.</param>
/// <param name="Hash">SHA-256 of the file in hex: a run is only resumed on the same recording.</param>
/// <param name="Requests">The requests in their order.</param>
/// <param name="Unreadable">Entries that are no request.</param>
/// <param name="FirstUnreadable">Number of the first of them, counted from 1; 0 for none.</param>
internal sealed record Recording(string File, string Hash, IReadOnlyList<RecordedRequest> Requests, long Unreadable, long FirstUnreadable)
{
    /// <summary>The largest file that is read.</summary>
    public const long MaxBytes = 1L << 30;

    /// <summary>Reads a recording with a reader for its format.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="read">Reads the entries of the file; null for one that is no request.</param>
    /// <exception cref="CliException">It cannot be read, is too large or holds nothing.</exception>
    public static Recording Read(string file, Func<Stream, IEnumerable<RecordedRequest?>> read)
    {
        try
        {
            using var stream = System.IO.File.OpenRead(file);
            if (stream.Length > MaxBytes)
                throw new CliException(ExitCode.Usage, $"{file} has {stream.Length:N0} bytes, the limit is {MaxBytes:N0}. Split it.");
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream));
            stream.Position = 0;
            var (requests, unreadable, first, number) = (new List<RecordedRequest>(), 0L, 0L, 0L);
            foreach (var request in read(stream))
            {
                number++;
                if (request is not null) requests.Add(request);
                else if (unreadable++ == 0) first = number;
            }

            return requests.Count > 0
                ? new Recording(file, hash, requests, unreadable, first)
                : throw new CliException(ExitCode.Failed, $"{file} holds no request ({unreadable:N0} entries were not understood).");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException(ExitCode.Usage, $"There is no file {file}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Failed, $"The file {file} cannot be read: {error.Message}");
        }
    }
}
