using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;
using Strangler.Sync;
using Xunit;

namespace Strangler.UnitTests.Architecture;

/// <summary>The settings of the adapters stand in docs/adapters.md, each with its default.</summary>
public sealed partial class SyncSettingsTests
{
    // Differs from account to account.
    private const string Folder = nameof(SyncOptions.JournalFolder);

    [Fact]
    public void Settings_OfTheAdapters_AreTheDocumentedOnesWithTheirDefaults()
    {
        var defaults = new SyncOptions();
        var real = typeof(SyncOptions).GetProperties().Where(property => property.CanWrite)
            .Select(property => $"{property.Name} {(property.Name == Folder ? "" : Convert.ToString(property.GetValue(defaults), CultureInfo.InvariantCulture))}");

        var documented = Row().Matches(SourceTree.OfThisRepository().Read("docs/adapters.md"))
            .Select(row => $"{row.Groups["name"].Value} {row.Groups["default"].Value}");

        documented.Order(StringComparer.Ordinal).ShouldBe(real.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("""^\| `(?<name>[A-Z][A-Za-z]+)` \| (`(?<default>[^`]+)`|[^|]+) \|""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
