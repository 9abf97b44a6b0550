using Microsoft.AspNetCore.Mvc;
using Modular.Billing.Encounters;
using Modular.Sdk;

namespace Modular.Billing.Scrub;

/// <summary>
/// Whether the patient signed the Advance Beneficiary Notice (CMS-R-131) for a line: its modifier says so to Medicare. GA: signed; GZ: not signed;
/// GY: never covered, so that none is needed (Claims Processing Manual ch. 30 §50, ch. 1 §60).
/// </summary>
public sealed class NoticeAnswer(EncounterDesk desk) : Slice
{
    private const int MostModifiers = 4;

    private static readonly Dictionary<string, string> Answers = new() { ["GA"] = "ABN signed", ["GZ"] = "no ABN signed", ["GY"] = "never covered by Medicare" };

    public sealed class Form
    {
        public int Version { get; set; }
        public Guid Line { get; set; }
        public string? Answer { get; set; }
    }

    [HttpPost("/billing/scrub/notice/{id:guid}")]
    [Needs(BillingPermissions.Charge)]
    public async Task<IActionResult> Post([PatientOf<Encounter>("charges")] Guid id, Form form, CancellationToken ct)
    {
        if (await desk.OpenAsync(id, ct) is not { } e || e.Lines.Find(l => l.Id == form.Line) is not { } line || form.Answer is not { } answer
            || !Answers.TryGetValue(answer, out var words))
        {
            return NotFound();
        }

        if (line.Modifiers.Length == MostModifiers && !PlaceRules.HasNotice(line))
        {
            return Done(e.Url, $"{line.Code} has four modifiers already: take one off for {answer}.", undo: null);
        }

        var result = await desk.TakeAsync(e, form.Version, EncounterSteps.Enter,
            (x, now, by) => x.Enter(_ => line.Modifiers = [.. line.Modifiers.Where(m => !Answers.ContainsKey(m)), answer], now, by), ct);
        return Done(e.Url, result.Taken ? $"{line.Code}: {words}, {answer}." : result.Refusal!);
    }
}
