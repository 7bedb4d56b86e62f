using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>How a source is reached.</summary>
/// <param name="OpenFeed">Opens the change feed for one session.</param>
/// <param name="Reader">Reads aggregates.</param>
/// <param name="Leadership">Decides which process follows the source.</param>
/// <param name="Release">Closes connections that are only kept for later.</param>
internal sealed record SourcePorts(Func<IChangeFeed> OpenFeed, IAggregateReader Reader, ILeadership Leadership, Action Release);
