using Modular.Host.SignIn;

namespace Modular.Tests.People;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("short one")]
    [InlineData("passwordpassword")]
    [InlineData("Password123456")]
    [InlineData("P@ssword-2026!")]
    [InlineData("qwertyuiop12345")]
    [InlineData("summer-welcome-2026")]
    [InlineData("1234567890123")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("abcdefghijklmn")]
    [InlineData("i love dana forever")]
    [InlineData("lakeside is a nice place")]
    public void A_password_that_is_short_known_or_holds_a_name_is_refused(string password) =>
        Assert.NotNull(PasswordRules.Fault(password, ["Dana Ruiz", "Lakeside Family Medicine"]));

    [Theory]
    [InlineData("kettle on the windowsill")]
    [InlineData("vornhuzzigtab")]
    [InlineData("seven gray herons asleep")]
    public void A_long_one_needs_no_digits_capitals_or_signs(string password) =>
        Assert.Null(PasswordRules.Fault(password, ["Dana Ruiz", "Lakeside Family Medicine"]));

    [Fact]
    public void A_password_of_a_megabyte_is_refused_before_it_is_hashed() =>
        Assert.NotNull(PasswordRules.Fault(new string('x', 1_000_000), []));
}
