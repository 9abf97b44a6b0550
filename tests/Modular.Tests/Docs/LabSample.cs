using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: steps-state
public enum SampleState
{
    Taken,
    [Display(Name = "At the lab")] Sent,
    Read,
    Lost,
}
// end

// snippet: steps-row
/// <summary>Blood that was taken for the specialist, until its values are here.</summary>
public sealed class LabSample : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required string Patient { get; init; }
    public SampleState State { get; private set; }
    public string? Lab { get; private set; }
    public string? Values { get; private set; }
    public List<StepLine<LabSample>> History { get; } = [];

    public string? Send(string lab, DateTimeOffset now, string by) => SampleSteps.Send.Take(this, now, by, _ =>
    {
        Lab = lab;
        return StepOutcome.Taken($"Sent to {lab}", "info");
    });

    public string? Receive(string? values, DateTimeOffset now, string by) => SampleSteps.Receive.Take(this, now, by, _ =>
    {
        if (values?.Length > 200)
        {
            return StepOutcome.Refused("Type the values alone, at most 200 letters.");
        }

        Values = values;
        return values is null ? StepOutcome.Taken("The lab lost it", "bad", SampleState.Lost) : StepOutcome.Taken("The values are here", "ok");
    });
}
// end

// snippet: steps-graph
public static class SampleSteps
{
    public static readonly Steps<LabSample, SampleState> All = new("sample", s => s.State, s => s.History, s => $"the sample of {s.Patient}");

    public static readonly Step<LabSample, SampleState> Send = All.From(SampleState.Taken)
        .To(SampleState.Sent, "send", needs: "referrals.referral.send", says: s => $"The sample is {s.State.Title().ToLowerInvariant()} already.");

    // Of several states the rule says which; without a word it is the first.
    public static readonly Step<LabSample, SampleState> Receive = All.From(SampleState.Sent)
        .To([SampleState.Read, SampleState.Lost], "receive", needs: "referrals.referral.send", says: _ => "The sample is not at the lab.");
}
// end

/// <summary>Samples for programs.</summary>
public sealed class SamplesApi(ReferralsDb db) : ApiSlice
{
    // snippet: api-step
    [HttpPost("/api/referrals/samples/{id:guid}/receive")]
    [Needs("referrals.referral.send"), Description("The lab's values are here; without any, the lab lost it.")]
    [ProducesResponseType<SampleBody>(StatusCodes.Status200OK)]
    public Task<ActionResult> Receive(Guid id, [FromBody] Received received, CancellationToken ct) => TakeAsync(
        db, id, SampleSteps.Receive, s => s.Receive(received.Values, Clock.GetUtcNow(), Actor.Name), s => new SampleBody(s.Id, s.Version, s.State.Text()), ct);
    // end
}

public sealed record SampleBody(Guid Id, int Version, string State);

public sealed class Received
{
    public string? Values { get; init; }
}

// snippet: steps-slice
public sealed class SendSample(ReferralsDb db) : Slice
{
    [HttpPost("/referrals/samples/{id:guid}/send")]
    [Needs("referrals.referral.send")]
    public async Task<IActionResult> Post(Guid id, int version, string lab, CancellationToken ct)
    {
        if (await db.LabSamples.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } sample)
        {
            return NotFound();
        }

        var now = Clock.GetUtcNow();
        var result = await SampleSteps.All.TakeAsync(db, Actor, sample, version, SampleSteps.Send, s => s.Send(lab, now, Actor.Name), ct);
        var url = $"/referrals/samples/{id}";
        return result.Refusal is { } why ? Stepped(url, why, taken: false) : Stepped(url, $"Sent to {lab}.", undo: $"{url}/undo?version={sample.Version}");
    }

    [HttpPost("/referrals/samples/{id:guid}/undo")]
    [Needs("referrals.referral.read")] // and what the step that is taken back needs
    public async Task<IActionResult> Undo(Guid id, int version, CancellationToken ct)
    {
        if (await db.LabSamples.Include(s => s.History).FirstOrDefaultAsync(s => s.Id == id, ct) is not { } sample)
        {
            return NotFound();
        }

        var now = Clock.GetUtcNow();
        var result = await SampleSteps.All.TakeAsync(db, Actor, sample, version, step: null, s => SampleSteps.All.TakeBack(s, now, Actor.Name), ct);
        return Stepped($"/referrals/samples/{id}", result.Refusal ?? $"{sample.State.Title()} again.", result.Taken);
    }
}
// end
