using System.Net;
using System.Text.Json;
using Modular.Scheduling.Messages;
using Modular.Tests.Harness;
using Modular.Tests.Scheduling;

namespace Modular.Tests.Api;

/// <summary>Openings, booking, moving and the steps of a visit through the API, by the rules of the pages.</summary>
[Collection(typeof(AtTheClinic))]
public sealed class SchedulingApiTests(Clinic clinic) : IAsyncLifetime
{
    private const string At = "/api/scheduling/appointments";
    private ApiClient api = null!;

    public async ValueTask InitializeAsync() =>
        api = await ApiClient.ConnectAsync(clinic.Host, clinic.North, ["scheduling.visit.read", "scheduling.visit.book", "scheduling.visit.check-in"]);

    public ValueTask DisposeAsync()
    {
        api.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_is_offered_can_be_booked_read_moved_and_canceled()
    {
        var provider = await clinic.AddProviderAsync("Dr. Api");
        var patient = (await clinic.AddPatientsAsync(1))[0];
        var setup = await api.ReadAsync("/api/scheduling/setup");
        Assert.Contains(setup.GetProperty("types").EnumerateArray(), t => t.GetProperty("id").GetGuid() == clinic.FollowUp);
        var openings = (await api.ReadAsync($"/api/scheduling/openings?location={TestHost.NorthMain}&type={clinic.FollowUp}&provider={provider}&from=2026-06-15")).GetProperty("items");
        Assert.Equal("2026-06-15T09:00:00-04:00", openings[0].GetProperty("start").GetString());

        using var booked = await BookAsync(patient, provider, openings[0].GetProperty("start").GetString()!);
        var visit = await booked.BodyAsync(HttpStatusCode.Created);
        var url = booked.Headers.Location!.ToString();
        Assert.Equal("booked", visit.GetProperty("status").GetString());
        Assert.Equal(visit.ToString(), (await api.ReadAsync(url)).ToString());
        Assert.Contains(clinic.Published, m => m is AppointmentBooked b && b.Visit.VisitId == visit.GetProperty("id").GetGuid());

        using var moved = await api.PostAsync($"{url}/move", new { start = openings[3].GetProperty("start").GetString(), why = "Patient asked", patientTold = true }, version: 1);
        Assert.Equal(openings[3].GetProperty("start").GetString(), (await moved.BodyAsync(HttpStatusCode.OK)).GetProperty("start").GetString());
        Assert.Equal("\"2\"", moved.Headers.ETag!.Tag);
        using var canceled = await api.PostAsync($"{url}/cancel", new { reason = "Patient is ill" }, version: 2);
        var after = await canceled.BodyAsync(HttpStatusCode.OK);
        Assert.Equal(("canceled", "Patient is ill", true), (after.GetProperty("status").GetString(), after.GetProperty("reason").GetString(), after.GetProperty("tellPatient").GetBoolean()));
        using var twice = await api.PostAsync($"{url}/cancel", new { reason = "Again" }, version: 3);
        await twice.ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Fifty_programs_requests_at_once_for_one_time_give_one_visit_and_forty_nine_sentences()
    {
        var provider = await clinic.AddProviderAsync("Dr. Fifty Api");
        var patients = await clinic.AddPatientsAsync(50);

        var answers = await Task.WhenAll(patients.Select(p => BookAsync(p, provider, Clinic.At(16, "09:00"))));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(1L, await clinic.AskAsync<long>($"select count(*) from scheduling.visits where provider_id = '{provider}'"));
        foreach (var lost in answers.Where(a => a.StatusCode != HttpStatusCode.Created))
        {
            var problem = await lost.ProblemAsync(HttpStatusCode.Conflict);
            Assert.Equal("2026-06-16T09:20:00-04:00", problem.GetProperty("next")[0].GetProperty("start").GetString());
        }
    }

    [Fact]
    public async Task A_visit_is_confirmed_arrives_and_leaves_step_by_step()
    {
        var provider = await clinic.AddProviderAsync("Dr. Steps Api");
        var patients = await clinic.AddPatientsAsync(2);
        using var booked = await BookAsync(patients[0], provider, Clinic.At(10, "15:00"));
        var url = booked.Headers.Location!.ToString();

        Assert.Equal(HttpStatusCode.OK, (await api.PostAsync($"{url}/confirm", null, version: 1)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.PostAsync($"{url}/arrive", null, version: 2)).StatusCode);
        using var left = await api.PostAsync($"{url}/check-out", new { outcome = "Well visit" }, version: 3);
        Assert.Equal("checked-out", (await left.BodyAsync(HttpStatusCode.OK)).GetProperty("status").GetString());
        Assert.Contains(clinic.Published, m => m is VisitCompleted { WhatItWas: "Well visit" });

        using var early = await BookAsync(patients[1], provider, Clinic.At(10, "16:00"));
        using var noShow = await api.PostAsync($"{early.Headers.Location}/no-show", null, version: 1);
        Assert.Contains("may still come", (await noShow.ProblemAsync(HttpStatusCode.Conflict)).GetProperty("detail").GetString());
        Assert.Equal("booked", (await api.ReadAsync(early.Headers.Location!.ToString())).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_change_names_its_version_and_a_late_one_changes_nothing()
    {
        var provider = await clinic.AddProviderAsync("Dr. Version Api");
        using var booked = await BookAsync((await clinic.AddPatientsAsync(1))[0], provider, Clinic.At(17, "09:00"));
        var url = booked.Headers.Location!.ToString();

        using var without = await api.PostAsync($"{url}/confirm", null);
        await without.ProblemAsync(HttpStatusCode.PreconditionRequired);
        Assert.Equal(HttpStatusCode.OK, (await api.PostAsync($"{url}/confirm", null, version: 1)).StatusCode);
        using var late = await api.PostAsync($"{url}/cancel", new { reason = "Late" }, version: 1);
        await late.ProblemAsync(HttpStatusCode.PreconditionFailed);
        using var lateMove = await api.PostAsync($"{url}/move", new { start = Clinic.At(17, "11:00"), why = "Late" }, version: 1);
        await lateMove.ProblemAsync(HttpStatusCode.PreconditionFailed);
        Assert.Equal(2, (await api.ReadAsync(url)).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task What_is_missing_unknown_or_not_allowed_is_said_by_field()
    {
        var provider = await clinic.AddProviderAsync("Dr. Fields Api");
        var patient = (await clinic.AddPatientsAsync(1))[0];

        using var empty = await api.PostAsync(At, new { });
        Assert.Equal(["locationId", "patientId", "start", "typeId"], (await empty.ProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
        using var nobody = await BookAsync(Guid.NewGuid(), provider, Clinic.At(18, "09:00"));
        Assert.True((await nobody.ProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("errors").TryGetProperty("patientId", out _));
        using var past = await BookAsync(patient, provider, Clinic.At(9, "09:00"));
        Assert.True((await past.ProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("errors").TryGetProperty("start", out _));
        using var over = await BookAsync(patient, provider, Clinic.At(18, "20:00"), "No permission for this");
        await over.ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task The_list_is_filtered_in_the_locations_days_and_comes_in_parts()
    {
        var provider = await clinic.AddProviderAsync("Dr. List Api");
        var patients = await clinic.AddPatientsAsync(3);
        for (var i = 0; i < 3; i++)
        {
            using var booked = await BookAsync(patients[i], provider, Clinic.At(22, $"{9 + i}:00"));
            Assert.Equal(HttpStatusCode.Created, booked.StatusCode);
        }

        var url = $"{At}?location={TestHost.NorthMain}&provider={provider}&from=2026-06-22&to=2026-06-22&limit=2";
        var first = await api.ReadAsync(url);
        var second = await api.ReadAsync($"{url}&cursor={first.GetProperty("next").GetString()}");

        Assert.Equal(2, first.GetProperty("items").GetArrayLength());
        Assert.Equal(patients[2], Assert.Single(second.GetProperty("items").EnumerateArray()).GetProperty("patientId").GetGuid());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.Empty((await api.ReadAsync($"{At}?provider={provider}&from=2026-06-23&to=2026-06-30")).GetProperty("items").EnumerateArray());
    }

    private Task<HttpResponseMessage> BookAsync(Guid patient, Guid provider, string start, string? over = null) =>
        api.PostAsync(At, new { locationId = TestHost.NorthMain, patientId = patient, typeId = clinic.FollowUp, providerId = provider, start, overbookReason = over });
}
