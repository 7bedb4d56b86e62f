using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>How a stream reaches its two stores.</summary>
/// <param name="OpenFeed">Opens the change feed for one session.</param>
/// <param name="Reader">Reads aggregates.</param>
/// <param name="Writer">Writes the target.</param>
internal sealed record StreamPorts(Func<IChangeFeed> OpenFeed, IAggregateReader Reader, ITargetWriter Writer);
