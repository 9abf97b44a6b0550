using System.Net;
using Modular.Sdk;
using Modular.Tests.Frame;
using Modular.Tests.Harness;

namespace Modular.Tests.Indicators;

/// <summary>Pages, file, print and API of indicators: the same figures, within the reach and the rights of whoever asks.</summary>
public sealed class IndicatorPageTests(PanelsHost panels) : IClassFixture<PanelsHost>, IAsyncLifetime
{
    private const string Page = $"/indicators/{CountedChores.Due}?from=06/01/2026&to=06/20/2026";

    private readonly CountedChores counted = new(panels.Host);

    private TestHost Host => panels.Host;

    public async ValueTask InitializeAsync()
    {
        await counted.ClearAsync();
        await counted.Chores.AddAsync("Water <b>the</b> plants", 1);
        await counted.Chores.AddAsync("Feed the fish", 3);
        await counted.Chores.AddAsync("Feed the fish", 3, location: TestHost.NorthLake);
        await counted.CountAsync(new(2026, 6, 1), new(2026, 6, 30));
        await counted.CountAsync(new(2026, 6, 1), new(2026, 6, 30), TestHost.NorthLake);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_page_tells_the_figure_with_its_trend_and_the_table_says_the_same_in_text()
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);

        var page = await owner.PageAsync(Page);

        Assert.Equal("3", page.QuerySelector(".indicator .figure strong")!.TextContent.Trim());
        Assert.NotNull(page.QuerySelector(".indicator svg.chart[role] title"));
        Assert.Equal(20, page.QuerySelectorAll("table[data-list-of] tbody tr").Length);
        Assert.Contains("Chores by the day on which they are due", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(".indicator script"));
    }

    [Theory]
    [InlineData("location", "Lakeside")]
    [InlineData("first", "Water <b>the</b> plants")]
    [InlineData("entity", "North Clinic")]
    public async Task It_is_split_by_place_entity_and_its_own_dimension(string by, string name)
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);

        var rows = (await owner.PageAsync($"{Page}&by={by}")).QuerySelectorAll("table[data-list-of] tbody th").Select(r => r.TextContent.Trim());

        Assert.Contains(name, rows);
    }

    [Fact]
    public async Task Who_works_at_one_place_reads_that_place_alone_and_is_told_nothing_of_others()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk, [TestHost.NorthLake]);

        Assert.Equal("1", (await desk.PageAsync(Page)).QuerySelector(".indicator .figure strong")!.TextContent.Trim());
        using var other = await desk.GetAsync($"{Page}&location={TestHost.NorthMain}");
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        Assert.Contains("You do not work at this location", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync($"/indicators/{CountedChores.Done}")).StatusCode);
        Assert.DoesNotContain("Chores done", (await desk.PageAsync("/indicators")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_is_for_whoever_may_export_and_has_the_rows_of_the_page()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);

        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync(Page + "&format=csv")).StatusCode);
        using var answer = await owner.GetAsync(Page + "&by=first&format=csv");
        var file = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Feed the fish,2,", file, StringComparison.Ordinal);
        Assert.Equal(20, (await owner.PageAsync(Page + "&format=print")).QuerySelectorAll(".sheet tbody tr").Length);
    }

    [Fact]
    public async Task A_program_reads_what_its_permissions_and_places_reach()
    {
        using var api = await ApiClient.ConnectAsync(Host, Host.North, ["core.indicator.read", "panels.page.read"], [TestHost.NorthLake]);

        var all = await api.ReadAsync("/api/indicators");
        var values = await api.ReadAsync($"/api/indicators/{CountedChores.Due}?from=2026-06-01&to=2026-06-20&by=first");

        Assert.Equal([CountedChores.Due], all.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("key").GetString()));
        Assert.Equal(1, values.GetProperty("total").GetProperty("figure").GetDecimal());
        Assert.Equal("Feed the fish", values.GetProperty("parts")[0].GetProperty("part").GetString());
        using var hidden = await api.GetAsync($"/api/indicators/{CountedChores.Done}");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        foreach (var strange in new[] { "from=2026-06-20&to=2026-06-01",
            "from=1970-01-01&to=2026-06-01", "from=0001-01-01", "by=name", $"location={TestHost.NorthMain}" })
        {
            using var refused = await api.GetAsync($"/api/indicators/{CountedChores.Due}?{strange}");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }
    }

    [Theory]
    [InlineData("from=06/20/2026&to=06/01/2026", "before the first")]
    [InlineData("from=01/01/1975&to=06/01/2026", "not a date")]
    [InlineData("from=01/01/2000&to=06/01/2026", "at most 10 years")]
    [InlineData("from=%3Cscript%3E&to=9999-12-31", "not a date")]
    [InlineData("period=forever", "no such time")]
    [InlineData("by=permission", "cannot be split")]
    [InlineData("location=everywhere", "there is not")]
    [InlineData("provider=00000000-0000-7000-8000-000000000101", "not counted by provider")]
    public async Task An_address_that_makes_no_sense_is_answered_in_a_sentence_and_no_file_is_made_of_it(string query, string sentence)
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);

        using var page = await owner.GetAsync($"/indicators/{CountedChores.Due}?{query}");
        using var file = await owner.GetAsync($"/indicators/{CountedChores.Due}?{query}&format=csv");

        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains(sentence,
            (await TestClient.ParseAsync(await page.Content.ReadAsStringAsync())).QuerySelector(".error")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.BadRequest, file.StatusCode);
    }

    [Theory]
    [InlineData("nobody.nothing")]
    [InlineData("panels.chores-due'--")]
    [InlineData("..%2f..%2fetc")]
    public async Task A_key_that_is_none_is_not_found(string key)
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);

        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync($"/indicators/{key}")).StatusCode);
    }

    [Fact]
    public async Task A_value_of_a_dimension_is_asked_for_as_a_text_and_nothing_else()
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        var strange = Uri.EscapeDataString("'; drop table core.indicator_values; --");

        Assert.Equal("–", (await owner.PageAsync($"{Page}&first={strange}")).QuerySelector(".indicator .figure strong")!.TextContent.Trim());
        Assert.Equal("2", (await owner.PageAsync($"{Page}&first=Feed+the+fish")).QuerySelector(".indicator .figure strong")!.TextContent.Trim());
    }

    [Theory]
    [InlineData("11/16/2025", "06/18/2026", 4)]
    [InlineData("11/15/2025", "06/20/2026", 6)]
    [InlineData("12/01/2025", "05/31/2026", 2)]
    [InlineData("11/20/2025", "12/20/2025", 1)]
    public async Task Whole_months_and_the_days_at_both_ends_are_each_read_once(string from, string to, int chores)
    {
        await counted.ClearAsync();
        DateOnly[] due = [new(2025, 11, 15), new(2025, 11, 30), new(2026, 1, 1), new(2026, 5, 31), new(2026, 6, 18), new(2026, 6, 20)];
        foreach (var day in due)
        {
            await counted.Chores.AddAsync("A", day.DayNumber - CountedChores.First.DayNumber);
        }

        await counted.CountAsync(due[0], new(2026, 6, 30));
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);

        var page = await owner.PageAsync($"/indicators/{CountedChores.Due}?from={from}&to={to}");

        Assert.Equal($"{chores}", page.QuerySelector(".indicator .figure strong")!.TextContent.Trim());
    }

    [Fact]
    public async Task Three_years_of_an_indicator_are_read_in_a_bounded_number_of_questions()
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        var url = $"/indicators/{CountedChores.Due}?period=3y";
        await owner.PageAsync(url);

        var asked = await QueryCount.OfAsync(owner, url);

        // The figures in one round trip, the frame, and the saved views of the table.
        Assert.True(asked.Count <= 4, string.Join("\n---\n", asked));
    }
}
