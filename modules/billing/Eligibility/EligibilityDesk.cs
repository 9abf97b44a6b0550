using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.ClaimFiles;
using Modular.Billing.Reactions;
using Modular.Billing.X12;
using Modular.Sdk;

namespace Modular.Billing.Eligibility;

/// <summary>Asks payers whether coverage holds, and takes what they answer.</summary>
public sealed class EligibilityDesk(
    BillingDb db, IPractice practice, ISettings<EligibilitySettings> settings, Actor actor, TimeProvider clock)
{
    /// <summary>What became of writing a file: its bytes, or why there is none.</summary>
    public sealed record Written(byte[]? File, int Asked, int Left, string? Reason);

    private string By => actor.Name;

    /// <summary>Asks for coverages on a day, inside the write of the caller. Asked before and not sent yet, it stays one question.</summary>
    public async Task<int> AskAsync(IWrite write, IReadOnlyList<KnownCoverage> coverages, DateOnly day, bool again, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        await write.LockAsync($"billing eligibility {day:O}", ct);
        Guid[] ids = [.. coverages.Select(c => c.Id)];
        var known = await db.EligibilityQuestions.Where(q => q.Day == day && ids.Contains(q.CoverageId)).ToDictionaryAsync(q => q.CoverageId, ct);
        var asked = 0;
        foreach (var coverage in coverages.DistinctBy(c => c.Id))
        {
            if (!known.TryGetValue(coverage.Id, out var question))
            {
                question = new() { CoverageId = coverage.Id, PatientId = coverage.PatientId, Day = day, AskedBy = By };
                question.Ask(clock.GetUtcNow(), By);
                db.Add(question);
                asked++;
            }
            else if (again && question.State != EligibilityQuestion.ToSend)
            {
                question.Ask(clock.GetUtcNow(), By);
                asked++;
            }
        }

        await db.SaveChangesAsync(ct);
        return asked;
    }

    /// <summary>The coverages that pay for visits of a day: of the visit's case, or the medical ones.</summary>
    public async Task<int> AskForVisitsAsync(DateOnly day, Guid? place, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        var coverages = await (
            from v in db.Visits
            where v.Day == day && (place == null || v.LocationId == place) && (v.Status == "booked" || v.Status == "arrived")
            from c in db.Coverages
            where c.PatientId == v.PatientId && c.EffectiveFrom <= day && (c.EffectiveTo == null || c.EffectiveTo >= day)
                && (v.CaseId == null ? c.Line == "medical" : c.CaseId == v.CaseId)
            select c).Distinct().ToListAsync(ct);
        var asked = await AskAsync(write, coverages, day, again: false, ct);
        await write.CommitAsync(ct);
        return asked;
    }

    /// <summary>Writes a 270 of all that waits, and marks it as sent. Who lacks what a payer needs stays and is counted.</summary>
    public async Task<Written> WriteAsync(CancellationToken ct)
    {
        var chosen = await settings.GetAsync(ct: ct);
        if (chosen.Sender.Length == 0 || chosen.Receiver.Length == 0)
        {
            return new(null, 0, 0, "Type your ID and the clearing house's under Administration, Settings, Eligibility first.");
        }

        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync("billing eligibility file", ct);
        var waiting = await db.EligibilityQuestions.Where(q => q.State == EligibilityQuestion.ToSend).OrderBy(q => q.AskedAt).Take(5_000).ToListAsync(ct);
        var entity = await db.Entities.AsNoTracking().FirstOrDefaultAsync(e => e.Main, ct);
        if (entity?.Npi is not { } npi || entity.TaxId is not { } tax)
        {
            return new(null, 0, waiting.Count, "The practice's main entity needs its NPI and tax ID first: Administration, Entities.");
        }

        var asks = await AsksAsync(waiting, new(entity.Name, npi, tax.Replace("-", "", StringComparison.Ordinal)), ct);
        if (asks.Count == 0)
        {
            return new(null, 0, waiting.Count, waiting.Count == 0 ? "Nothing waits to be asked."
                : "What waits lacks the payer's ID or the member's ID. Complete the payer, or the coverage in the patient's chart.");
        }

        var number = await db.Database.SqlQuery<int>($"select nextval('billing.eligibility_control_numbers')::int as \"Value\"").SingleAsync(ct);
        var reference = $"ELIG{number:D9}";
        using var stream = new MemoryStream();
        EligibilityFile.Write(stream, new("ZZ", chosen.Sender, "ZZ", chosen.Receiver, number, WallTime.At(clock.GetUtcNow(), practice.Zone).DateTime,
            chosen.Test), reference, asks);
        var sent = asks.Select(a => a.Trace).ToHashSet();
        foreach (var question in waiting.Where(q => sent.Contains(q.Trace)))
        {
            question.Send(reference, clock.GetUtcNow());
        }

        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return new(stream.ToArray(), asks.Count, waiting.Count - asks.Count, null);
    }

    /// <summary>Takes a 271. Null: this very file was taken before.</summary>
    public async Task<TakenFile?> TakeAsync(string name, byte[] bytes, IReadOnlyList<EligibilityReply> replies, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await write.LockAsync($"billing eligibility file {hash}", ct);
        if (await db.EligibilityFiles.AnyAsync(f => f.Sha256 == hash, ct))
        {
            return null;
        }

        var file = new TakenFile { Sha256 = hash, Name = name.Length > 200 ? name[^200..] : name, TakenAt = clock.GetUtcNow(), TakenBy = By };
        db.Add(file);
        var ids = replies.Select(r => Guid.TryParseExact(r.Trace, "N", out var id) ? id : default).Where(id => id != default).Distinct().ToList();
        var refused = replies.Where(r => r.Trace.Length == 0).Select(r => r.Reference).Where(r => r.Length > 0).ToList();
        var questions = await db.EligibilityQuestions.Where(q => ids.Contains(q.Id)
            || (q.State == EligibilityQuestion.Sent && q.Reference != null && refused.Contains(q.Reference))).ToListAsync(ct);
        var answered = new HashSet<Guid>();
        foreach (var reply in replies)
        {
            var meant = reply.Trace.Length == 0 ? questions.FindAll(q => q.Reference == reply.Reference && q.State == EligibilityQuestion.Sent)
                : questions.FindAll(q => string.Equals(q.Trace, reply.Trace, StringComparison.OrdinalIgnoreCase));
            file.Unknown += meant.Count == 0 ? 1 : 0;
            foreach (var question in meant.Where(q => answered.Add(q.Id)))
            {
                db.Add(Answer(question, file, reply));
                question.Answer(again: reply.Benefits.Count == 0 && reply.Refusals.Contains(EligibilityRules.TryAgain));
                file.Answers++;
            }
        }

        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return file;
    }

    private static EligibilityAnswer Answer(EligibilityQuestion question, TakenFile file, EligibilityReply reply) => new()
    {
        QuestionId = question.Id, FileId = file.Id, CoverageId = question.CoverageId, PatientId = question.PatientId, Day = question.Day,
        AnsweredAt = file.TakenAt, State = EligibilityRules.State(reply.Benefits),
        Plan = reply.Benefits.Where(b => b.Info is [>= '1' and <= '8']).Select(b => b.Plan).FirstOrDefault(p => p.Length > 0),
        PlanFrom = reply.PlanFrom, PlanTo = reply.PlanTo, Copay = EligibilityRules.Copay(reply.Benefits),
        Coinsurance = EligibilityRules.Coinsurance(reply.Benefits), Deductible = EligibilityRules.OfYear(reply.Benefits, "C"),
        DeductibleLeft = EligibilityRules.Left(reply.Benefits, "C"), Pocket = EligibilityRules.OfYear(reply.Benefits, "G"),
        PocketLeft = EligibilityRules.Left(reply.Benefits, "G"), InNetwork = EligibilityRules.InNetwork(reply.Benefits),
        OtherPayers = EligibilityRules.OtherPayers(reply.Benefits), Refusals = [.. reply.Refusals], Benefits = [.. reply.Benefits], Raw = reply.Raw,
    };

    private async Task<List<EligibilityAsk>> AsksAsync(List<EligibilityQuestion> waiting, AskingEntity entity, CancellationToken ct)
    {
        Guid[] covers = [.. waiting.Select(q => q.CoverageId)], patients = [.. waiting.Select(q => q.PatientId)];
        var coverages = await db.Coverages.AsNoTracking().Where(c => covers.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        Guid[] payerIds = [.. coverages.Values.Select(c => c.PayerId)];
        var payers = await db.Payers.AsNoTracking().Where(p => payerIds.Contains(p.Id) && p.PayerNumber != null).ToDictionaryAsync(p => p.Id, ct);
        var names = await db.ClaimPatients.AsNoTracking().Where(p => patients.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var known = await db.Patients.AsNoTracking().Where(p => patients.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var asks = new List<EligibilityAsk>();
        foreach (var question in waiting)
        {
            if (coverages.TryGetValue(question.CoverageId, out var c) && payers.TryGetValue(c.PayerId, out var payer)
                && names.TryGetValue(question.PatientId, out var name) && known.TryGetValue(question.PatientId, out var patient)
                && c.MemberId.Length > 0)
            {
                var own = c.Relationship == "self";
                var dependent = own ? null
                    : new AskedDependent(new(name.LastName, name.FirstName, name.MiddleName, name.Suffix), patient.BirthDate, patient.Sex);
                asks.Add(new(question.Trace, question.Day, new(payer.Name, payer.PayerNumber!), entity,
                    new(c.SubscriberLast, c.SubscriberFirst, c.SubscriberMiddle, c.SubscriberSuffix), c.MemberId,
                    own ? patient.BirthDate : c.SubscriberBirth, own ? patient.Sex : c.SubscriberSex, dependent));
            }
        }

        return asks;
    }
}
