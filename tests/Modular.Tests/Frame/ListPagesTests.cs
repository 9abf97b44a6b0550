using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Demo;
using Modular.Host.FirstRun;
using Modular.Host.Imports;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Frame;

/// <summary>A practice full of demo rows, in which nothing happens beside these tests.</summary>
public sealed class FullPractice : IAsyncLifetime
{
    public TestHost Host { get; private set; } = null!;

    public Practice Demo { get; private set; } = null!;

    public TestClient Owner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync(options: o => o with { Demo = true });
        Demo = await Host.Services.GetRequiredService<PracticeMaker>().AddAsync(DemoPractice.Wanted with { Hosts = [] }, default);
        await ActivatorUtilities.CreateInstance<DemoSeeder>(Host.Services).SeedAsync(Demo, default);
        Owner = await Host.SignInAsync(Demo, Roles.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await Host.DisposeAsync();
    }
}

/// <summary>Every list of every module and of the host: table, file and print say the same, and an address asks only for what there is.</summary>
public sealed partial class ListPagesTests(FullPractice full) : IClassFixture<FullPractice>
{
    /// <summary>More of them are in no demo.</summary>
    private const int Restricted = 8;

    /// <summary>Pages that take a page number and are no list of columns, and why.</summary>
    private static readonly Dictionary<string, string> Others = new()
    {
        ["/admin/audit"] = "Its file is an address of its own, written as it is read: the log has millions of lines.",
        ["/indicators/{key}"] = "Its rows are made of what is asked for; IndicatorPageTests has them on the page, in the file and on paper.",
        ["/billing/fees/{id:guid}"] = "The prices of one schedule; PriceTests has them on the page.",
        ["/billing/answers/{id:guid}"] = "What one file says; AnswerFileTests has it on the page, in every order and as a file.",
        ["/admin/components"] = "It shows what lists look like, with a total that nothing stands behind.",
    };

    /// <summary>Tables that a view writes by itself, and why they are no lists. Partial views are parts of a page about one thing.</summary>
    private static readonly Dictionary<string, string> Tables = new()
    {
        ["ListPrint.cshtml"] = "the print of every declared list",
        ["DaySheet.cshtml"] = "paper", ["NextVisits.cshtml"] = "paper",
        ["EditLocation.cshtml"] = "a form of hours", ["ProviderHours.cshtml"] = "a form of hours",
        ["ImportColumns.cshtml"] = "a form: which column of the file is what", ["ImportPage.cshtml"] = "the first rows of one file",
        ["RoleMatrix.cshtml"] = "rights by role, a grid", ["MergePatients.cshtml"] = "two records side by side",
        ["MessagesOfModule.cshtml"] = "the fields of one message", ["EditDocument.cshtml"] = "the versions of one document",
        ["SeriesPage.cshtml"] = "the visits of one series", ["CloseAgeReview.cshtml"] = "what one patient is asked again",
        ["Account.cshtml"] = "where this person is signed in", ["Locations.cshtml"] = "closed days, beside the list of locations",
        ["SearchEverything.cshtml"] = "what was found, of several kinds, the likeliest first", ["Home.cshtml"] = "the first tasks of the inbox",
        ["Calendar.cshtml"] = "the holidays and closed days of one year", ["CalendarPrint.cshtml"] = "paper",
        ["SettingsList.cshtml"] = "the pages of settings", ["LinkList.cshtml"] = "the links to one record",
        ["ShowAttachment.cshtml"] = "the versions of one file", ["EditLetter.cshtml"] = "the words that one text may use",
        ["LetterVersions.cshtml"] = "the versions of one text", ["MailMergePage.cshtml"] = "which letters of one print could not be written",
        ["ShowReadingDocument.cshtml"] = "the versions of one document", ["ProofOfReading.cshtml"] = "paper",
        ["RunCertificate.cshtml"] = "paper", ["FormBlank.cshtml"] = "paper", ["PrintAnswer.cshtml"] = "paper",
        ["ShowForm.cshtml"] = "the questions of one form, to be worked on", ["TranslateForm.cshtml"] = "the texts of one form in two languages",
        ["ShowClaim.cshtml"] = "the services of one claim", ["ShowBatch.cshtml"] = "the claims of one batch",
        ["ShowAnswer.cshtml"] = "one record beside what was answered", ["RecordForms.cshtml"] = "what was asked about one record",
        ["ShowEligibility.cshtml"] = "the benefits of one answer",
    };

    [Fact]
    public void Every_list_is_declared()
    {
        var byHand = Views().Where(file => !Path.GetFileName(file).StartsWith('_') && !Tables.ContainsKey(Path.GetFileName(file)))
            .Where(file => File.ReadAllText(file).Contains("<table", StringComparison.Ordinal)).Select(file => Path.GetRelativePath(Repository.Root, file));

        Assert.Equal([], byHand.Order(StringComparer.Ordinal));
        Assert.Equal([], Tables.Keys.Except(Views().Select(Path.GetFileName)));
        Assert.True(Lists().Count() > 18);
    }

    [Fact]
    public async Task Every_list_has_the_same_rows_and_at_least_the_same_columns_in_its_file_as_in_its_table()
    {
        var filled = 0;
        foreach (var path in Lists())
        {
            var page = await PageAsync(path);
            var (headings, rows) = await FileAsync(path);
            Same(path, page, rows.Count);
            if (rows.Count == 0)
            {
                continue;
            }

            filled++;
            var table = page.QuerySelector("table[data-list-of]")!;
            var columns = table.QuerySelectorAll("thead th:not(.pick):not(:has(.vh))").Select(h => h.TextContent.Trim());
            // Marks of other modules are told for a page alone.
            Assert.True(!columns.Except(headings).Except(["Notes"]).Any(), $"{path}: {string.Join(", ", headings)} in the file");
            var main = headings.IndexOf(table.QuerySelector("tbody th")!.GetAttribute("data-label")!);
            var shown = table.QuerySelectorAll("tbody tr").Select(r => Plain(r.QuerySelector("th.main-cell")!.TextContent)).ToList();
            var first = rows.Take(shown.Count - Restricted).Select(r => Plain(r[main])).ToList();
            var at = 0;
            // Restricted patients are on the page of whoever may open them, and in no file.
            Assert.All(first, name => Assert.True((at = shown.FindIndex(at, s => s.StartsWith(name, StringComparison.Ordinal)) + 1) > 0,
                $"{path}: {name} is not next"));
        }

        Assert.True(filled > 10, $"only {filled} lists have rows");
    }

    [Fact]
    public async Task Every_heading_that_offers_an_order_gives_it_both_ways_for_the_page_and_for_the_file()
    {
        foreach (var path in Lists())
        {
            foreach (var sort in (await PageAsync(path)).QuerySelectorAll("table[data-list-of] thead a")
                .Select(a => Sort().Match(a.GetAttribute("href")!).Groups[1].Value.TrimStart('-')))
            {
                var page = await PageAsync($"{path}?sort=-{sort}");
                Assert.NotNull(page.QuerySelector("th[aria-sort=descending]"));
                Same(path, page, (await FileAsync($"{path}?sort={sort}")).Rows.Count);
            }
        }
    }

    [Fact]
    public async Task Every_choice_above_a_list_is_answered_and_what_is_no_choice_is_refused_in_a_sentence()
    {
        foreach (var path in Lists())
        {
            foreach (var select in (await PageAsync(path)).QuerySelectorAll<IHtmlSelectElement>("form.filters select"))
            {
                foreach (var option in select.Options.Where(o => o.Value.Length > 0))
                {
                    await PageAsync($"{path}?{select.Name}={Uri.EscapeDataString(option.Value)}");
                }

                await RefusedAsync($"{path}?{select.Name}=zq-unheard-of", "zq-unheard-of");
            }

            await RefusedAsync($"{path}?sort=zq-shoe-size", "zq-shoe-size");
            await RefusedAsync($"{path}?zq-shoe-size=44", "zq-shoe-size");
        }
    }

    [Theory]
    [InlineData("password")]
    [InlineData("--name")]
    [InlineData("-")]
    [InlineData("name;drop table patients.patients")]
    [InlineData("address")]
    public async Task A_list_is_ordered_by_a_column_that_offers_it_and_by_no_other_word(string sort) =>
        await RefusedAsync($"/patients?sort={Uri.EscapeDataString(sort)}", sort);

    [Fact]
    public async Task Every_list_prints_its_first_thousand_rows()
    {
        foreach (var path in Lists())
        {
            var print = await PageAsync($"{path}?format=print");

            Assert.Equal(Math.Min(1000, (await FileAsync(path)).Rows.Count), print.QuerySelectorAll(".sheet tbody tr").Length);
        }
    }

    [Fact]
    public async Task A_file_of_patients_is_for_those_who_may_export_and_is_in_the_access_log_as_one()
    {
        using var desk = await full.Host.SignInAsync(full.Demo, Roles.FrontDesk);

        Assert.Null((await desk.PageAsync("/patients")).QuerySelector("a[href*='format=csv']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync("/patients?format=csv")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync("/patients?format=print")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync("/patients?format=anything")).StatusCode);
        const string taken = "select count(*) from audit.entries where what = 'messages as CSV'";
        var before = await full.Demo.AskAsync<long>(taken);
        await FileAsync("/patients/phone-messages");
        Assert.Equal(before + 1, await full.Demo.AskAsync<long>(taken));
    }

    [Fact]
    public async Task A_program_reads_the_rows_of_the_page_by_the_filters_of_the_page_part_by_part()
    {
        // The page is of the place in the top bar.
        var place = (await PageAsync("/referrals/referrals")).QuerySelector("button[name=location][aria-pressed=true]")!.GetAttribute("value")!;
        using var api = await ApiClient.ConnectAsync(full.Host, full.Demo, ["referrals.referral.read", "referrals.referral.export"], [Guid.Parse(place)]);
        var (headings, rows) = await FileAsync("/referrals/referrals?step=all&sort=written");
        var read = new List<JsonElement>();
        string? next = "";
        while (next is not null)
        {
            var part = await api.ReadAsync($"/api/referrals?step=all&limit=7{(next.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(next)}")}");
            read.AddRange(part.GetProperty("items").EnumerateArray());
            next = part.GetProperty("next").GetString();
        }

        Assert.Equal(rows.Select(r => r[headings.IndexOf("Patient")]).Order(), read.Select(r => r.GetProperty("patient").GetString()!)
            .Order());
        Assert.Equal(read.Count, read.Select(r => r.GetProperty("id").GetGuid()).Distinct().Count());
        Assert.True(read[0].TryGetProperty("askedBy", out _) && read[0].TryGetProperty("endReason", out _));
        Assert.Equal(1, (await api.ReadAsync("/api/referrals/specialists?limit=1&q=a")).GetProperty("items").GetArrayLength());
        using var refused = await api.GetAsync("/api/referrals?shoe-size=44");
        Assert.Contains("shoe-size", (await refused.BodyAsync(HttpStatusCode.BadRequest)).GetProperty("detail").GetString(),
            StringComparison.Ordinal);
        using var carried = await api.GetAsync($"/api/referrals?step=ended&cursor={Uri.EscapeDataString((await api.ReadAsync("/api/referrals?step=all&limit=1")).GetProperty("next").GetString()!)}");
        Assert.Equal(HttpStatusCode.BadRequest, carried.StatusCode);
        var get = (await api.ReadAsync("/api/referrals/openapi.json")).GetProperty("paths").GetProperty("/api/referrals").GetProperty("get")
            .ToString();
        Assert.Contains("\"to-tell\"", get, StringComparison.Ordinal);
        Assert.Contains("askedBy", get, StringComparison.Ordinal);
    }

    /// <summary>Addresses of all pages that take what a list takes.</summary>
    private IEnumerable<string> Lists() =>
        from endpoint in full.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let action = endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()
        where action is not null && action.Parameters.Any(p => p.ParameterType == typeof(ListQuery))
            && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("GET")
            && !Others.ContainsKey("/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
        let path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        orderby path
        select path;

    private async Task<IHtmlDocument> PageAsync(string path)
    {
        using var answer = await full.Owner.GetAsync(path);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
        return await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync());
    }

    private async Task RefusedAsync(string path, string word)
    {
        using var page = await full.Owner.GetAsync(path);
        Assert.True(page.StatusCode == HttpStatusCode.BadRequest, $"{path}: {page.StatusCode}");
        var refusal = (await TestClient.ParseAsync(await page.Content.ReadAsStringAsync())).QuerySelector(".list .empty strong")!.TextContent;
        Assert.Contains(word, refusal, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await full.Owner.GetAsync($"{path}&format=csv")).StatusCode);
    }

    private async Task<(List<string> Headings, List<string[]> Rows)> FileAsync(string path)
    {
        using var answer = await full.Owner.GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}format=csv");
        Assert.True(answer.Content.Headers.ContentType?.MediaType == "text/csv", $"{path}: {answer.StatusCode} {answer.Content.Headers.ContentType}");
        // Read by the reader of imports, as whoever takes the file to another system would.
        using var file = await CsvFile.OpenAsync(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()), default);
        var lines = new List<string[]>();
        while (file.Read() is { } line)
        {
            lines.Add(line);
        }

        return ([.. file.Headings], lines);
    }

    /// <summary>A list that was not counted to its end says 200+; restricted patients are in no file.</summary>
    private static void Same(string path, IHtmlDocument page, int rows)
    {
        var said = page.QuerySelector(".pager span")?.TextContent.Split(" of ")[1] ?? "0";
        var total = int.Parse(said.TrimEnd('+'), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Assert.True(said.EndsWith('+') ? rows >= total : rows <= total && rows >= total - Restricted,
            $"{path}: {said} rows on the page, {rows} in the file");
    }

    private static string Plain(string text) => Spaces().Replace(text, " ").Trim();

    private static IEnumerable<string> Views() => new[] { "host", "modules", "sdk/Modular.Templates" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cshtml", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"sort=([^&]+)")]
    private static partial Regex Sort();
}
