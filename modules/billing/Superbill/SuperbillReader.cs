using Microsoft.EntityFrameworkCore;
using Modular.Billing.Charges;
using Modular.Billing.Codes;
using Modular.Billing.Encounters;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Billing.Superbill;

/// <summary>Takes what was typed into a superbill as charges, or says beside each field why not.</summary>
public sealed class SuperbillReader(BillingDb db, CodeFinder codes)
{
    /// <returns>Null when something was refused.</returns>
    public async Task<SuperbillEntry?> ReadAsync(Encounter e, SuperbillForm form, Reading read, CancellationToken ct)
    {
        var lines = form.Lines.Index().Where(l => !l.Item.IsBlank).ToList();
        var diagnoses = form.Diagnoses.Index().Where(d => !string.IsNullOrWhiteSpace(d.Item)).ToList();
        if (lines.Count > ChargeLine.Most || diagnoses.Count > Diagnosis.Most)
        {
            read.Refuse("", $"A claim has at most {ChargeLine.Most} lines and {Diagnosis.Most} diagnoses.");
            return null;
        }

        var day = e.ServiceFrom;
        var services = await codes.KnownAsync(CodeFinder.Services, lines.Select(l => CodeFinder.Plain(l.Item.Code ?? "")), day, ct);
        var named = await codes.KnownAsync(CodeFinder.Diagnoses, diagnoses.Select(d => CodeFinder.Plain(d.Item!)), day, ct);
        var modifiers = await ModifiersAsync(lines.Select(l => l.Item), day, ct);
        var letters = diagnoses.Select((d, at) => (d.Index, at)).ToDictionary(d => d.Index, d => d.at + 1);
        var place = PlaceOf(form, read);
        var prices = await ChargePrices.OnAsync(db, e.EntityId, day, [.. services.Keys], ct);
        var reader = new LineReader(e, read, services, modifiers, letters, place, prices);
        var entry = new SuperbillEntry
        {
            Rendering = await ProviderAsync(nameof(form.Rendering), form.Rendering, e.RenderingId, read, ct),
            Supervising = await ProviderAsync(nameof(form.Supervising), form.Supervising, e.SupervisingId, read, ct),
            Ordering = await ProviderAsync(nameof(form.Ordering), form.Ordering, e.OrderingId, read, ct),
            Referring = read.Text(nameof(form.Referring), "Referring provider", form.Referring), ReferringNpi = NpiOf(form, read),
            IncidentTo = form.IncidentTo,
            PlaceOfService = place, Facility = read.Text(nameof(form.Facility), "Facility", form.Facility),
            CostCentre = await CostCentreAsync(form, e, read, ct),
            Note = read.Text(nameof(form.Note), "Note", form.Note, 300), Diagnoses = ReadDiagnoses(diagnoses, named, day, read),
            Lines = [.. lines.Select(l => reader.Read(l.Index, l.Item))],
        };
        if (form.IncidentTo && form.Supervising is null)
        {
            read.Refuse(nameof(form.Supervising), "Incident-to needs the supervising provider.");
        }

        return read.Errors.Count == 0 ? entry : null;
    }

    private static List<(string Code, string Name)> ReadDiagnoses(List<(int Index, string? Item)> typed, Dictionary<string, BillingCode> named,
        DateOnly day, Reading read)
    {
        var taken = new List<(string Code, string Name)>();
        foreach (var (index, text) in typed)
        {
            var code = CodeFinder.Plain(text!);
            if (taken.Exists(t => t.Code == code))
            {
                read.Refuse($"Diagnoses[{index}]", $"{Diagnosis.Dotted(code)} stands here twice.");
            }
            else if (!named.TryGetValue(code, out var known))
            {
                read.Refuse($"Diagnoses[{index}]", $"“{text}” is no diagnosis code that may be billed on {Said.ShortDay(day)}. Type a few letters and choose one.");
            }
            else
            {
                taken.Add((code, known.ShortName));
            }
        }

        return taken;
    }

    /// <summary>Null: the practice has loaded no modifiers, so that any two letters or digits are taken.</summary>
    private async Task<HashSet<string>?> ModifiersAsync(IEnumerable<SuperbillForm.Line> lines, DateOnly day, CancellationToken ct)
    {
        var typed = lines.SelectMany(l => LineReader.Split(l.Modifiers)).Distinct().ToList();
        return typed.Count == 0 || !await db.Codes.AnyAsync(c => c.System == "modifier", ct)
            ? null : [.. (await codes.KnownAsync(CodeFinder.Modifiers, typed, day, ct)).Keys];
    }

    private static string PlaceOf(SuperbillForm form, Reading read)
    {
        var place = Reading.Clean(form.PlaceOfService) ?? "";
        if (place.Length != 2 || !place.All(char.IsAsciiDigit))
        {
            read.Refuse(nameof(form.PlaceOfService), "The place of service has two digits, such as 11.");
        }

        return place;
    }

    private static string? NpiOf(SuperbillForm form, Reading read)
    {
        var npi = Reading.Clean(form.ReferringNpi);
        if (npi is not null && !TypedNpi.IsValid(npi))
        {
            read.Refuse(nameof(form.ReferringNpi), TypedNpi.Hint);
        }

        return npi;
    }

    /// <summary>Somebody who no longer sees patients stays where they are; nobody new is given to them.</summary>
    private async Task<KnownStaffMember?> ProviderAsync(string field, Guid? id, Guid? was, Reading read, CancellationToken ct)
    {
        var known = id is null ? null : await db.Providers.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id && (p.Active || p.Id == was), ct);
        if (id is not null && known is null)
        {
            read.Refuse(field, "Choose a provider of the list.");
        }

        return known;
    }

    private async Task<Guid?> CostCentreAsync(SuperbillForm form, Encounter e, Reading read, CancellationToken ct)
    {
        if (form.CostCentre is { } id && !await db.CostCentres.AnyAsync(c => c.Id == id && (c.EntityId == null || c.EntityId == e.EntityId)
            && (c.Active || c.Id == e.CostCentreId), ct))
        {
            read.Refuse(nameof(form.CostCentre), "Choose a cost center of the list.");
        }

        return form.CostCentre;
    }
}
