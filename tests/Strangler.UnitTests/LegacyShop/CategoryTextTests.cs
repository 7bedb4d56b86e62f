using LegacyShop.Services;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.LegacyShop;

public sealed class CategoryTextTests
{
    [Theory]
    [InlineData("garden,tools", "garden tools")]
    [InlineData(" Garden , tools,,garden,", "garden tools")]
    [InlineData("HOME OFFICE", "home office")]
    [InlineData("", "")]
    [InlineData(" , ", "")]
    public void Parse_MessyText_GivesASetOfCleanNames(string text, string expected) =>
        string.Join(' ', CategoryText.Parse(text).Order(StringComparer.Ordinal)).ShouldBe(expected);
}
