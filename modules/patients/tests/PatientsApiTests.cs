using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Modular.Tests.Harness;

namespace Modular.Tests.Api;

/// <summary>Find, read and register through the API, by the rules of the pages.</summary>
public sealed class PatientsApiTests(SharedHost shared) : IAsyncLifetime
{
    private ApiClient api = null!;

    public async ValueTask InitializeAsync() => api = await ApiClient.ConnectAsync(shared.Host, shared.Host.North, ["patients.patient.read", "patients.patient.edit"]);

    public ValueTask DisposeAsync()
    {
        api.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_registered_patient_is_found_read_and_told_to_other_modules()
    {
        var last = Name();
        using var answer = await api.PostAsync("/api/patients", new { lastName = last, firstName = "Ana", birthDate = "1980-02-03", sex = "F", mobilePhone = "(555) 010-4471" });
        var made = await answer.BodyAsync(HttpStatusCode.Created);

        Assert.Equal($"/api/patients/{made.GetProperty("id").GetGuid()}", answer.Headers.Location!.ToString());
        Assert.Equal("\"1\"", answer.Headers.ETag!.Tag);
        Assert.Equal("5550104471", made.GetProperty("mobilePhone").GetString());
        Assert.Contains("address", made.GetProperty("toFinish").EnumerateArray().Select(t => t.GetString()));
        var found = (await api.ReadAsync($"/api/patients?q={last}+020380")).GetProperty("items");
        Assert.Equal(made.GetProperty("id").GetGuid(), Assert.Single(found.EnumerateArray()).GetProperty("id").GetGuid());
        var read = await api.ReadAsync(answer.Headers.Location.ToString());
        Assert.Equal("1980-02-03", read.GetProperty("birthDate").GetString());
        await shared.Host.North.UntilAsync($"select count(*) from scheduling.patients where id = '{made.GetProperty("id").GetGuid()}'", 1L);
    }

    [Fact]
    public async Task A_program_reads_who_pays_and_null_when_it_is_the_patient()
    {
        using var answer = await api.PostAsync("/api/patients", new { lastName = Name(), firstName = "Mia", birthDate = "2015-02-03", sex = "F" });
        var id = (await answer.BodyAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        Assert.Equal(JsonValueKind.Null, (await api.ReadAsync($"/api/patients/{id}")).GetProperty("guarantor").ValueKind);
        await using var command = shared.Host.North.Database.CreateCommand($"""
            insert into patients.contacts (id, patient_id, first_name, last_name, relationship, guarantor, from_date) values (gen_random_uuid(), '{id}', 'Ana', 'Ruiz', 'parent', true, '2015-02-03')
            """);
        await command.ExecuteNonQueryAsync();

        var guarantor = (await api.ReadAsync($"/api/patients/{id}")).GetProperty("guarantor");

        Assert.Equal(("Ana", "Ruiz", "parent"), (guarantor.GetProperty("firstName").GetString(), guarantor.GetProperty("lastName").GetString(), guarantor.GetProperty("relationship").GetString()));
    }

    [Fact]
    public async Task What_the_form_refuses_is_refused_by_field_and_registers_nobody()
    {
        var last = Name();
        using var answer = await api.PostAsync("/api/patients", new { lastName = last, birthDate = "2099-01-01", email = "nonsense" });
        var errors = (await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("errors");

        Assert.Equal(["birthDate", "email", "firstName"], errors.EnumerateObject().Select(e => e.Name).Order());
        Assert.Equal(0L, await shared.Host.North.AskAsync<long>($"select count(*) from patients.patients where last_name = '{last}'"));
        using var strange = await api.PostAsync("/api/patients", new { lastName = last, firstName = "A", birthDate = "1980-01-01", nickname = "B" });
        await strange.ProblemAsync(HttpStatusCode.UnprocessableEntity);
        using var broken = await api.Http.SendAsync(Raw("{\"lastName\":"));
        Assert.DoesNotContain("BytePosition", (await broken.ProblemAsync(HttpStatusCode.UnprocessableEntity)).ToString());
        using var text = await api.Http.SendAsync(Raw("lastName=x", "text/plain"));
        await text.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Somebody_who_looks_the_same_is_named_and_registered_only_on_purpose()
    {
        var person = new { lastName = Name(), firstName = "Ana", birthDate = "1980-02-03", sex = "F", anyway = false };
        var first = await (await api.PostAsync("/api/patients", person)).BodyAsync(HttpStatusCode.Created);

        using var second = await api.PostAsync("/api/patients", person);
        var problem = await second.ProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal(first.GetProperty("id").GetGuid(), problem.GetProperty("same")[0].GetGuid());
        using var third = await api.PostAsync("/api/patients", person with { anyway = true });
        Assert.Equal(HttpStatusCode.Created, third.StatusCode);
    }

    [Fact]
    public async Task A_program_that_has_the_version_is_not_sent_it_again()
    {
        var id = await RegisterAsync(Name());
        using var first = await api.GetAsync($"/api/patients/{id}");

        using var again = await api.GetAsync($"/api/patients/{id}", first.Headers.ETag!.Tag);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_restricted_chart_stays_shut_and_a_merged_record_names_the_other()
    {
        var (restricted, gone, kept) = (await RegisterAsync(Name()), await RegisterAsync(Name()), await RegisterAsync(Name()));
        await shared.Host.North.Database.CreateCommand($"update patients.patients set restricted = true where id = '{restricted}'; update patients.patients set merged_into = '{kept}' where id = '{gone}'").ExecuteNonQueryAsync();
        shared.Host.ForgetCharts(shared.Host.North);

        using var shut = await api.GetAsync($"/api/patients/{restricted}");
        await shut.ProblemAsync(HttpStatusCode.Forbidden);
        using var merged = await api.GetAsync($"/api/patients/{gone}");
        Assert.Equal(kept, (await merged.ProblemAsync(HttpStatusCode.Gone)).GetProperty("mergedInto").GetGuid());
        using var nobody = await api.GetAsync($"/api/patients/{Guid.NewGuid()}");
        await nobody.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_list_comes_in_parts_without_gap_or_double_while_others_register()
    {
        var family = Name();
        for (var i = 0; i < 5; i++)
        {
            await RegisterAsync(family, $"P{i}");
        }

        var seen = new List<Guid>();
        var url = $"/api/patients?q={family}&limit=2";
        for (string? cursor = null; ;)
        {
            var part = await api.ReadAsync(cursor is null ? url : $"{url}&cursor={Uri.EscapeDataString(cursor)}");
            seen.AddRange(part.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("id").GetGuid()));
            if (cursor is null)
            {
                await RegisterAsync(family, "A0");
            }

            cursor = part.GetProperty("next").GetString();
            if (cursor is null)
            {
                break;
            }
        }

        Assert.Equal(5, seen.Count);
        Assert.Equal(5, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("of another question")]
    [InlineData("of another list")]
    [InlineData("of another practice")]
    [InlineData("made up")]
    public async Task A_cursor_that_is_not_of_this_question_is_refused(string which)
    {
        var family = Name();
        await RegisterAsync(family, "A");
        await RegisterAsync(family, "B");
        var cursor = (await api.ReadAsync($"/api/patients?q={family}&limit=1")).GetProperty("next").GetString()!;
        using var south = await ApiClient.ConnectAsync(shared.Host, shared.Host.South, ["patients.patient.read"]);
        using var visits = await ApiClient.ConnectAsync(shared.Host, shared.Host.North, ["scheduling.visit.read"]);
        cursor = which switch
        {
            "changed" => cursor[..^4] + (cursor[^4] == 'A' ? 'B' : 'A') + cursor[^3..],
            "made up" => "eyJwYWdlIjoyfQ",
            _ => cursor,
        };

        using var answer = await (which switch
        {
            "of another question" => api.GetAsync($"/api/patients?q=other&cursor={cursor}"),
            "of another list" => visits.GetAsync($"/api/scheduling/appointments?cursor={cursor}"),
            "of another practice" => south.GetAsync($"/api/patients?q={family}&cursor={cursor}"),
            _ => api.GetAsync($"/api/patients?q={family}&cursor={cursor}"),
        });

        await answer.ProblemAsync(HttpStatusCode.BadRequest);
    }

    private HttpRequestMessage Raw(string body, string type = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/patients") { Content = new StringContent(body, System.Text.Encoding.UTF8, type) };
        request.Headers.Authorization = new("Bearer", api.Token);
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return request;
    }

    private async Task<Guid> RegisterAsync(string last, string first = "Ana")
    {
        using var answer = await api.PostAsync("/api/patients", new { lastName = last, firstName = first, birthDate = "1980-02-03", sex = "F", anyway = true });
        return (await answer.BodyAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
    }

    /// <summary>Letters alone: a name with digits would be searched as a number.</summary>
    private static string Name() => "Q" + string.Concat(Guid.NewGuid().ToString("N").Select(c => (char)(char.IsAsciiDigit(c) ? c - '0' + 'g' : c)))[..14];
}
