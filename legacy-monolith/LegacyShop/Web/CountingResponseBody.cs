using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace LegacyShop.Web;

/// <summary>Counts the bytes of an answer's body on their way out.</summary>
internal sealed class CountingResponseBody : IHttpResponseBodyFeature
{
    private readonly IHttpResponseBodyFeature _inner;
    private readonly CountingPipeWriter _writer;

    public CountingResponseBody(IHttpResponseBodyFeature inner)
    {
        _inner = inner;
        _writer = new CountingPipeWriter(inner.Writer);
        Stream = _writer.AsStream(leaveOpen: true);
    }

    public long BytesWritten => _writer.BytesWritten;

    public Stream Stream { get; }

    public PipeWriter Writer => _writer;

    public void DisableBuffering() => _inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => _inner.StartAsync(cancellationToken);

    public Task CompleteAsync() => _inner.CompleteAsync();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);
}
