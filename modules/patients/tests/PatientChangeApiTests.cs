using System.Net;
using System.Text.Json;
using Modular.Tests.Harness;

namespace Modular.Tests.Api;

/// <summary>A program changes a patient by the rules of the form: what it sends, on the state that it read, once.</summary>
public sealed class PatientChangeApiTests(SharedHost shared) : IAsyncLifetime
{
    private ApiClient api = null!;
    private Guid id;

    private string Address => $"/api/patients/{id}";

    public async ValueTask InitializeAsync()
    {
        api = await ApiClient.ConnectAsync(shared.Host, shared.Host.North, ["patients.patient.read", "patients.patient.edit"]);
        using var answer = await api.PostAsync("/api/patients", new
        {
            lastName = $"Q{Guid.NewGuid():N}"[..16], firstName = "Ana", birthDate = "1980-02-03", sex = "F", anyway = true,
            mobilePhone = "555 010 4471", textConsent = "yes", email = "ana@example.com", address = "1 Elm Street", city = "Beverly", state = "MA", zip = "01915-1234",
        });
        id = (await answer.BodyAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
    }

    public ValueTask DisposeAsync()
    {
        api.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_is_sent_is_changed_the_rest_stays_and_others_are_told()
    {
        using var answer = await ChangeAsync(new { preferredName = "Annie", workPhone = "(555) 010-9922", email = (string?)null });
        var changed = await answer.BodyAsync(HttpStatusCode.OK);

        Assert.Equal(("\"2\"", 2), (answer.Headers.ETag!.Tag, changed.GetProperty("version").GetInt32()));
        Assert.Equal(("Annie", "5550109922", JsonValueKind.Null), (Text(changed, "preferredName"), Text(changed, "workPhone"), changed.GetProperty("email").ValueKind));
        Assert.Equal(("Ana", "1980-02-03", "5550104471", "1 Elm Street", "019151234", "yes"),
            (Text(changed, "firstName"), Text(changed, "birthDate"), Text(changed, "mobilePhone"), Text(changed, "address"), Text(changed, "zip"), Text(changed, "textConsent")));
        Assert.Equal(changed.GetRawText(), (await api.ReadAsync(Address)).GetRawText());
        await shared.Host.North.UntilAsync($"select count(*) from scheduling.patients where id = '{id}' and version = 2", 1L);
        Assert.Equal(1L, await CountAsync($"log = 'change' and table_name = 'patients' and row_id = '{id}' and person_name = '{api.Program.Name}' and (select body::text from audit.entry_values v where v.entry_id = entries.id) like '%Annie%'"));
        Assert.Equal(1L, await CountAsync($"log = 'access' and what = 'details, to a program' and person_id = '{api.Program.Id}' and '{id}' = any(patient_ids)"));
    }

    [Fact]
    public async Task What_the_form_refuses_is_refused_by_field_and_changes_nothing()
    {
        using var answer = await ChangeAsync(new { lastName = "", birthDate = "2099-01-01", deceasedOn = "1970-01-01", zip = "19", preferredName = "Annie" });
        var errors = (await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("errors");

        Assert.Equal(["birthDate", "deceasedOn", "lastName", "zip"], errors.EnumerateObject().Select(e => e.Name).Order());
        using var strange = await ChangeAsync(new { restricted = true });
        await strange.ProblemAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(1, (await api.ReadAsync(Address)).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task The_practices_list_of_what_is_missing_follows_the_change()
    {
        using var answer = await ChangeAsync(new { city = (string?)null });

        Assert.Equal(["address"], (await answer.BodyAsync(HttpStatusCode.OK)).GetProperty("toFinish").EnumerateArray().Select(t => t.GetString()));
    }

    [Fact]
    public async Task Consent_to_texts_does_not_go_over_to_another_number()
    {
        using var same = await ChangeAsync(new { mobilePhone = "555.010.4471" });
        Assert.Equal("yes", Text(await same.BodyAsync(HttpStatusCode.OK), "textConsent"));
        var version = (await api.ReadAsync(Address)).GetProperty("version").GetInt32();

        using var other = await ChangeAsync(new { mobilePhone = "555 010 4472" }, version);
        Assert.Equal(JsonValueKind.Null, (await other.BodyAsync(HttpStatusCode.OK)).GetProperty("textConsent").ValueKind);
        using var asked = await ChangeAsync(new { mobilePhone = "555 010 4473", textConsent = "yes" }, version + 1);
        Assert.Equal("yes", Text(await asked.BodyAsync(HttpStatusCode.OK), "textConsent"));
        using var none = await ChangeAsync(new { mobilePhone = "", textConsent = "yes" }, version + 2);
        Assert.Equal("Texts need a mobile number.", Text(await none.ProblemAsync(HttpStatusCode.UnprocessableEntity), "detail"));
    }

    [Fact]
    public async Task A_change_names_the_version_it_is_made_to_and_an_old_one_is_refused()
    {
        using var unversioned = await api.SendAsync(HttpMethod.Patch, Address, new { suffix = "Jr" }, "k1");
        await unversioned.ProblemAsync(HttpStatusCode.PreconditionRequired);
        using var first = await ChangeAsync(new { suffix = "Jr" });
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        using var late = await ChangeAsync(new { suffix = "Sr" });

        await late.ProblemAsync(HttpStatusCode.PreconditionFailed);
        Assert.Equal("Jr", Text(await api.ReadAsync(Address), "suffix"));
    }

    [Fact]
    public async Task Of_two_that_change_the_same_state_at_once_one_is_refused()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => ChangeAsync(new { suffix = $"S{i}" })));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.PreconditionFailed));
        Assert.Equal(2, (await api.ReadAsync(Address)).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_change_sent_twice_is_made_once()
    {
        using var first = await ChangeAsync(new { suffix = "Jr" }, key: $"k{id:N}");
        using var again = await ChangeAsync(new { suffix = "Jr" }, key: $"k{id:N}");
        using var other = await ChangeAsync(new { suffix = "Sr" }, key: $"k{id:N}");
        using var keyless = await api.SendAsync(HttpMethod.Patch, Address, new { suffix = "Sr" }, null, 2);

        Assert.Equal((await first.BodyAsync(HttpStatusCode.OK)).GetRawText(), (await again.BodyAsync(HttpStatusCode.OK)).GetRawText());
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        await other.ProblemAsync(HttpStatusCode.UnprocessableEntity);
        await keyless.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(2, (await api.ReadAsync(Address)).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_restricted_a_merged_and_an_unknown_patient_are_not_changed_and_neither_is_one_without_the_permission()
    {
        using var reader = await ApiClient.ConnectAsync(shared.Host, shared.Host.North, ["patients.patient.read"]);
        using var forbidden = await reader.SendAsync(HttpMethod.Patch, Address, new { suffix = "Jr" }, "k", 1);
        await forbidden.ProblemAsync(HttpStatusCode.Forbidden);
        using var nobody = await api.SendAsync(HttpMethod.Patch, $"/api/patients/{Guid.NewGuid()}", new { suffix = "Jr" }, "unknown", 1);
        await nobody.ProblemAsync(HttpStatusCode.NotFound);
        await SetAsync("restricted = true");
        using var shut = await ChangeAsync(new { suffix = "Jr" });
        await shut.ProblemAsync(HttpStatusCode.Forbidden);
        using var kept = await api.PostAsync("/api/patients", new { lastName = "Qkept", firstName = "Ana", birthDate = "1980-02-03", anyway = true });
        var other = (await kept.BodyAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await SetAsync($"restricted = false, merged_into = '{other}'");
        using var merged = await ChangeAsync(new { suffix = "Jr" });
        Assert.Equal(other, (await merged.ProblemAsync(HttpStatusCode.Gone)).GetProperty("mergedInto").GetGuid());

        Assert.Equal(1L, await shared.Host.North.AskAsync<long>($"select count(*) from patients.patients where id = '{id}' and version = 1 and suffix is null"));
    }

    private Task<HttpResponseMessage> ChangeAsync(object change, int version = 1, string? key = null) =>
        api.SendAsync(HttpMethod.Patch, Address, change, key ?? Guid.NewGuid().ToString(), version);

    private async Task SetAsync(string what)
    {
        await shared.Host.North.Database.CreateCommand($"update patients.patients set {what} where id = '{id}'").ExecuteNonQueryAsync();
        shared.Host.ForgetCharts(shared.Host.North);
    }

    private Task<long> CountAsync(string entries) => shared.Host.North.AskAsync<long>($"select count(*) from audit.entries where {entries}");

    private static string? Text(JsonElement body, string field) => body.GetProperty(field).GetString();
}
