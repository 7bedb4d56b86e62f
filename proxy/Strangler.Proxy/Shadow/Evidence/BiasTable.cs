using Strangler.Core.Compare;
using Strangler.Core.Evidence;

namespace Strangler.Proxy.Shadow.Evidence;

/// <summary>Counts in which direction tolerated values go, field by field. Bounded, and not safe for threads.</summary>
internal sealed class BiasTable
{
    private const int Limit = 500;

    private readonly Dictionary<EvidenceField, BiasEvidence> _fields = [];

    /// <summary>Counts what the tolerances have let pass in one request.</summary>
    public void Count(string operation, IReadOnlyList<Tolerated> tolerated)
    {
        foreach (var each in tolerated)
        {
            var field = new EvidenceField(operation, each.Path, each.Kind.Name());
            if (each.Sign == 0 || (_fields.Count == Limit && !_fields.ContainsKey(field))) continue;
            var known = _fields.GetValueOrDefault(field) ?? new BiasEvidence(field, 0, 0, Alarmed: false);
            var counted = each.Sign < 0 ? known with { Lower = known.Lower + 1 } : known with { Higher = known.Higher + 1 };
            _fields[field] = counted.IsShown ? counted with { Alarmed = true } : counted;
        }
    }

    /// <summary>All fields.</summary>
    public IReadOnlyList<BiasEvidence> Read() => [.. _fields.Values];
}
