using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Which file each node came from, so that a value merged from an overlay is reported where it stands.</summary>
internal sealed class SourceMap
{
    private readonly Dictionary<YamlNode, string> _files = new(ReferenceEqualityComparer.Instance);

    /// <summary>Remembers a tree.</summary>
    /// <param name="node">Its root; not deeper than <see cref="RulesLimits.Depth"/>.</param>
    /// <param name="file">The file it was read from.</param>
    public void Add(YamlNode node, string file)
    {
        _files[node] = file;
        switch (node)
        {
            case YamlMappingNode mapping:
                foreach (var (key, value) in mapping.Children)
                {
                    Add(key, file);
                    Add(value, file);
                }

                break;
            case YamlSequenceNode list:
                foreach (var item in list.Children) Add(item, file);
                break;
        }
    }

    public string FileOf(YamlNode node) => _files[node];
}
