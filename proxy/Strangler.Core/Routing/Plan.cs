using System.Collections.Frozen;
using Strangler.Core.Model;

namespace Strangler.Core.Routing;

/// <summary>The immutable, numbered snapshot of all decisions; the only thing the request path reads.</summary>
public sealed class Plan
{
    private readonly FrozenDictionary<string, OperationPlan> _operations;

    /// <summary>Compiles rules and states into a plan.</summary>
    /// <param name="number">Its number: larger than that of every plan before.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="states">Where the capabilities stand, by name; a capability without a state is at <see cref="CapabilityState.Initial"/>.</param>
    public Plan(long number, RuleSet rules, IReadOnlyDictionary<string, CapabilityState> states)
    {
        Number = number;
        Rules = rules;
        Capabilities = rules.Capabilities
            .Select(c => new CapabilityPlan(this, c, states.GetValueOrDefault(c.Name, CapabilityState.Initial)))
            .ToArray();
        _operations = Capabilities.SelectMany(c => c.Operations).ToFrozenDictionary(o => o.Id, StringComparer.Ordinal);
    }

    /// <summary>Grows with every change.</summary>
    public long Number { get; }

    /// <summary>The rules it was compiled from.</summary>
    public RuleSet Rules { get; }

    /// <summary>The capabilities in the order of the rules.</summary>
    public IReadOnlyList<CapabilityPlan> Capabilities { get; }

    /// <summary>The capability of that name, or null.</summary>
    public CapabilityPlan? FindCapability(string name) => Capabilities.FirstOrDefault(c => c.Rules.Name == name);

    /// <summary>The operation that a request of that method and path calls, or null when no capability claims it.</summary>
    /// <param name="method">Upper-case HTTP method; HEAD is answered by GET.</param>
    /// <param name="path">A path without query, not escaped.</param>
    public OperationPlan? Match(string method, string path) => _operations.Values
        .Where(o => o.Rules.Method == (method == "HEAD" ? "GET" : method) && o.Rules.Pattern.Match(path) is not null)
        .OrderBy(o => o.Rules.Pattern, PathTemplate.BestMatchFirst)
        .FirstOrDefault();

    /// <summary>The operation of that id, or null when the rules no longer have it.</summary>
    public OperationPlan? FindOperation(string id) => _operations.GetValueOrDefault(id);
}
