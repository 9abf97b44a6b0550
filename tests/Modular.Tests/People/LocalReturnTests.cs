using Modular.Host.Callers;

namespace Modular.Tests.People;

public sealed class LocalReturnTests
{
    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/a\\..\\evil")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("evil")]
    [InlineData("/line\nbreak")]
    public void An_address_that_leaves_the_practice_is_not_followed(string? url) => Assert.Equal("/", LocalReturn.Or(url, "/"));

    [Theory]
    [InlineData("/")]
    [InlineData("/scheduling/days?date=2026-11-23&q=a%2F%2Fb")]
    public void A_path_of_the_practice_is_followed(string url) => Assert.Equal(url, LocalReturn.Or(url, "/nowhere"));
}
