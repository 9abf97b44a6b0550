using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>Whatever is moved wherever in whatever order, the schedule stays one that could have been booked.</summary>
[Collection(typeof(AtTheClinic))]
public sealed class MovesPropertyTests(Clinic clinic)
{
    private static readonly DateOnly Day = new(2026, 6, 24);

    [Fact]
    public async Task Any_sequence_of_moves_keeps_every_constraint()
    {
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        Guid[] providers = [await clinic.AddProviderAsync("Dr. Any One"), await clinic.AddProviderAsync("Dr. Any Two")];
        var patients = await clinic.AddPatientsAsync(6, "Moved");
        var type = await clinic.AddTypeAsync("Roomless", 20, overlap: "refuse");
        var visits = new List<Guid>();
        for (var i = 0; i < 8; i++)
        {
            visits.Add(await clinic.BookAsync(desk, Clinic.Form(patients[i % 6], type, providers[i % 2], Clinic.At(24, $"{9 + i / 2:00}:{i / 6 * 20:00}"))));
        }

        var moves = Gen.Sample(Gen.ListOf(Move(visits.Count), 12), 6).SelectMany(m => m).ToList();
        var (moved, refused) = (0, 0);
        foreach (var (visit, provider, minutes) in moves)
        {
            var done = await MoveAsync(desk, visits[visit], providers[provider], minutes);
            (moved, refused) = done ? (moved + 1, refused) : (moved, refused + 1);
        }

        // The law would be empty if nothing ever moved or nothing was ever refused.
        Assert.True(moved > 5 && refused > 5, $"{moved} moved, {refused} refused");
        Assert.Equal(0L, await PairsAsync("a.provider_id = b.provider_id"));
        Assert.Equal(0L, await PairsAsync("a.patient_id = b.patient_id"));
        Assert.Equal(0L, await clinic.AskAsync<long>($"""
            select count(*) from scheduling.visits where type_id = '{type}'
              and ((starts_at at time zone zone)::time < '09:00' or (ends_at at time zone zone)::time > '17:00' or ends_at - starts_at <> interval '20 minutes')
            """));
        Assert.Equal((long)moved, await clinic.AskAsync<long>($"select count(*) from scheduling.visit_steps c join scheduling.visits v on v.id = c.row_id where v.type_id = '{type}' and c.step = 'move'"));

        Task<long> PairsAsync(string same) => clinic.AskAsync<long>($"select count(*) from scheduling.visits a join scheduling.visits b on a.id < b.id and {same} and a.during && b.during where a.type_id = '{type}' and b.type_id = '{type}'");
    }

    /// <summary>A visit, a provider, and minutes after 8:30: sometimes outside the hours, often onto another.</summary>
    private static Gen<(int Visit, int Provider, int Minutes)> Move(int visits) =>
        from visit in Gen.Choose(0, visits - 1)
        from provider in Gen.Choose(0, 1)
        from slot in Gen.Choose(0, 26)
        select (visit, provider, slot * 20);

    private async Task<bool> MoveAsync(TestClient desk, Guid visit, Guid provider, int minutes)
    {
        var time = new TimeOnly(8, 30).AddMinutes(minutes);
        var answer = await clinic.StepAsync(desk, visit, "move", null,
            ("Provider", $"{provider}"), ("Location", $"{TestHost.NorthMain}"), ("Date", $"{Day:yyyy-MM-dd}"), ("Time", Said.Time(time)), ("Why", "Test"), ("Told", "true"));
        return answer.StatusCode == HttpStatusCode.Redirect;
    }
}
