using Modular.Newmodule.Requests;

namespace Modular.Newmodule.Tests;

/// <summary>Rules: plain objects, no host, no clock.</summary>
public sealed class RequestRules
{
    [Theory]
    [InlineData(14, false)]
    [InlineData(15, true)]
    public void A_request_is_late_the_day_after_its_days_are_over(int daysAgo, bool late)
    {
        var today = new DateOnly(2026, 6, 20);
        var request = new Request { Title = "Second opinion", AskedOn = today.AddDays(-daysAgo) };

        Assert.Equal(late, request.IsLate(today, days: 14));
    }

    [Fact]
    public void What_is_done_is_never_late()
    {
        var today = new DateOnly(2026, 6, 20);
        var request = new Request { Title = "Second opinion", AskedOn = today.AddYears(-1) };

        request.Finish(today);

        Assert.False(request.IsLate(today, days: 14));
    }
}
