using Modular.Sdk;

namespace Modular.Tests.Core;

/// <summary>Rule A 20: the NPI's last digit is the Luhn digit over 80840 and the first nine (45 CFR 162.406).</summary>
public sealed class NpiTests
{
    [Theory]
    [InlineData("1234567893", true)]
    [InlineData("1234567894", false)]
    [InlineData("123456789", false)]
    [InlineData("12345678931", false)]
    [InlineData("3234567893", false)]
    [InlineData("12345678９3", false)]
    [InlineData(null, false)]
    public void Only_ten_digits_with_the_right_check_digit_are_an_npi(string? npi, bool valid) => Assert.Equal(valid, TypedNpi.IsValid(npi));
}
