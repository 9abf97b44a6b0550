using Modular.Tests.Harness;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Modular.Tests.Frame;

namespace Modular.Tests.Api;

/// <summary>A partner's module offers programs its own addresses, with all that the host does around them.</summary>
public sealed class PartnerApiTests(PanelsHost panels) : IClassFixture<PanelsHost>
{
    private Task<ApiClient> ConnectAsync() => ApiClient.ConnectAsync(panels.Host, panels.Host.North, ["panels.page.read"]);

    [Fact]
    public async Task Its_list_comes_in_parts_to_a_program_with_its_permission_and_to_nobody_else()
    {
        using var api = await ConnectAsync();
        using var other = await ApiClient.ConnectAsync(panels.Host, panels.Host.North, ["core.audit.read"]);

        var first = await api.ReadAsync("/api/panels?limit=4");
        var second = await api.ReadAsync($"/api/panels?limit=4&cursor={first.GetProperty("next").GetString()}");

        Assert.Equal([1, 2, 3, 4], Numbers(first));
        Assert.Equal([5, 6, 7], Numbers(second));
        using var refused = await other.GetAsync("/api/panels");
        await refused.ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Its_writes_are_done_once_for_their_key_and_judged_by_field()
    {
        using var api = await ConnectAsync();
        using var first = await api.PostAsync("/api/panels/notes", new { text = "one" }, "k");
        using var again = await api.PostAsync("/api/panels/notes", new { text = "one" }, "k");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        using var missing = await api.PostAsync("/api/panels/notes", new { });
        Assert.Equal("Say what.", (await missing.ProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("errors").GetProperty("text")[0].GetString());
    }

    [Fact]
    public async Task What_it_throws_is_a_problem_without_its_words_and_the_key_stays_good()
    {
        using var api = await ConnectAsync();

        using var failed = await api.PostAsync("/api/panels/notes", new { text = "fail" }, "f");
        Assert.DoesNotContain("partner's mistake", (await failed.ProblemAsync(HttpStatusCode.InternalServerError)).ToString(), StringComparison.OrdinalIgnoreCase);
        using var mended = await api.PostAsync("/api/panels/notes", new { text = "good" }, "f");
        Assert.Equal(HttpStatusCode.Created, mended.StatusCode);
    }

    [Fact]
    public async Task A_constraint_that_a_write_breaks_is_told_by_field_in_the_words_of_its_context()
    {
        using var api = await ConnectAsync();
        var (visit, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        using var first = await api.PostAsync("/api/panels/copays", new { visit });
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);

        using var again = await api.PostAsync("/api/panels/copays", new { visit }, "copay");
        var problem = await again.ProblemAsync(HttpStatusCode.UnprocessableEntity);

        Assert.Equal("A program took the copay of this visit already.", problem.GetProperty("detail").GetString());
        Assert.Equal("A program took the copay of this visit already.", problem.GetProperty("errors").GetProperty("visitId")[0].GetString());
        Assert.Equal(1L, await panels.Host.North.AskAsync<long>($"select count(*) from panels.copays where visit_id = '{visit}'"));
        using var mended = await api.PostAsync("/api/panels/copays", new { visit = other }, "copay");
        Assert.Equal(HttpStatusCode.Created, mended.StatusCode);
    }

    [Fact]
    public async Task A_failure_names_the_reference_that_its_sentence_speaks_of()
    {
        using var api = await ConnectAsync();

        using var failed = await api.PostAsync("/api/panels/notes", new { text = "fail" });
        var problem = await failed.ProblemAsync(HttpStatusCode.InternalServerError);

        Assert.Contains("give the reference", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(failed.Headers.GetValues("X-Correlation-Id").Single(), problem.GetProperty("reference").GetString());
    }

    [Fact]
    public async Task Its_document_is_made_of_its_code()
    {
        using var nobody = panels.Host.Client(panels.Host.North);
        var document = await nobody.Http.GetFromJsonAsync<JsonElement>("/api/panels/openapi.json");

        Assert.Equal("Seven panels.", document.GetProperty("paths").GetProperty("/api/panels").GetProperty("get").GetProperty("summary").GetString());
        Assert.Equal("From 1 on.", document.GetProperty("components").GetProperty("schemas").GetProperty("PanelBody").GetProperty("properties").GetProperty("number").GetProperty("description").GetString());
        Assert.Equal("text", document.GetProperty("components").GetProperty("schemas").GetProperty("Note").GetProperty("required")[0].GetString());
    }

    private static IEnumerable<int> Numbers(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("number").GetInt32());
}
