using Microsoft.EntityFrameworkCore;
using Modular.Billing.Encounters;
using Modular.Billing.Reactions;
using Modular.Billing.Superbill;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Billing.Charges;

/// <summary>Reads a rounding list: a service with its lines for each row, or a sentence beside its field.</summary>
public sealed class RoundReader(BillingDb db, CodeFinder codes, EncounterDefaults defaults, IMessageBus bus)
{
    private const int LongestStay = 31;

    public async Task<List<(NewService Service, Func<Encounter, SuperbillEntry> Entry)>> ReadAsync(RoundCharges.Form form, Location place,
        Reading read, CancellationToken ct)
    {
        var provider = await db.Providers.AsNoTracking().FirstOrDefaultAsync(p => p.Id == form.Rendering && p.Active, ct);
        if (provider is null)
        {
            read.Refuse(nameof(form.Rendering), "Choose who did the rounds.");
        }

        if (!PlacesOfService.Usual.ContainsKey(form.PlaceOfService ?? ""))
        {
            read.Refuse(nameof(form.PlaceOfService), "Choose one of these.");
        }

        var facility = read.Text(nameof(form.Facility), "Facility", form.Facility);
        var rows = form.Rows.Index().Where(r => !r.Item.IsBlank).ToList();
        if (rows.Count == 0)
        {
            read.Refuse("", "Type the days of at least one patient.");
        }

        var found = new List<(NewService, Func<Encounter, SuperbillEntry>)>();
        foreach (var (i, row) in rows.Take(60))
        {
            if (await ReadRowAsync(form, i, row, place, provider, facility, read, ct) is { } service)
            {
                found.Add(service);
            }
        }

        return found;
    }

    private async Task<(NewService, Func<Encounter, SuperbillEntry>)?> ReadRowAsync(
        RoundCharges.Form form, int i, RoundCharges.Row row, Location place, KnownStaffMember? provider, string? facility, Reading read,
            CancellationToken ct)
    {
        var errors = read.Errors.Count;
        var patient = row.Patient is { } id ? await Known.Patients.FindAsync(db, bus, id, ct) : null;
        if (patient is null)
        {
            read.Refuse($"Rows[{i}].Name", "Choose the patient from the list.");
        }

        var (from, to) = Days(i, row, read);
        var (service, modifiers) = (CodeFinder.Plain(row.Code ?? ""), LineReader.Split(row.Modifiers));
        var known = await codes.KnownAsync(CodeFinder.Services, [service], from, ct);
        if (!known.TryGetValue(service, out var code))
        {
            read.Refuse($"Rows[{i}].Code", $"“{row.Code}” is no code that may be charged on that day.");
        }

        if (modifiers.Length > 4 || modifiers.Any(m => m.Length != 2) || modifiers.Distinct().Count() < modifiers.Length)
        {
            read.Refuse($"Rows[{i}].Modifiers", "At most 4 modifiers of two letters or digits.");
        }

        var typed = (row.Diagnoses ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(CodeFinder.Plain).Distinct().ToList();
        var named = await codes.KnownAsync(CodeFinder.Diagnoses, typed, from, ct);
        if (typed.Count > Diagnosis.Most || typed.Find(t => !named.ContainsKey(t)) is not null)
        {
            read.Refuse($"Rows[{i}].Diagnoses", typed.Count > Diagnosis.Most ? $"At most {Diagnosis.Most} diagnoses." : $"{typed.Find(t => !named.ContainsKey(t))} is no diagnosis code of that day.");
        }

        if (read.Errors.Count > errors || provider is null)
        {
            return null;
        }

        var price = (await ChargePrices.OnAsync(db, await defaults.EntityAsync(place.Id, ct), from, [service], ct)).Of(service, modifiers,
            form.PlaceOfService);
        var made = new NewService(KeyOf(form.Key, i), "rounds", patient!, place, provider, from, to, $"Rounds: {code!.ShortName}",
            form.PlaceOfService, facility);
        return (made, e => new SuperbillEntry
        {
            Rendering = provider, PlaceOfService = form.PlaceOfService, Facility = facility, Diagnoses = [.. typed.Select(t => (t,
                named[t].ShortName))],
            Lines = [.. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(day => new ChargeLine
            {
                EncounterId = e.Id, ServiceOn = from.AddDays(day), Code = service, Name = code.ShortName, Modifiers = modifiers,
                Pointers = [.. Enumerable.Range(1, Math.Min(4, typed.Count))], Price = price,
            })],
        });
    }

    private static (DateOnly From, DateOnly To) Days(int i, RoundCharges.Row row, Reading read)
    {
        var parts = (row.Days ?? "").Split('-', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        // t-2 is a day of its own.
        List<DateOnly?> days = row.Days?.Trim().StartsWith("t-", StringComparison.OrdinalIgnoreCase) == true ? [TypedDate.Read(row.Days,
            read.Today).Date]
            : [.. parts.Select(p => TypedDate.Read(p, read.Today).Date)];
        if (days.Count is 1 or 2 && days[0] is { } first && days[^1] is { } last
            && first <= last && last <= read.Today && last.DayNumber - first.DayNumber < LongestStay)
        {
            return (first, last);
        }

        read.Refuse($"Rows[{i}].Days", $"Type the day, or the first and the last: 11/20 or 11/20-11/22; at most {LongestStay} days, none to come.");
        return (read.Today, read.Today);
    }

    /// <summary>Each row has a key of its own, made of the form's: the same row sent twice is one encounter.</summary>
    private static Guid KeyOf(Guid form, int row)
    {
        var bytes = form.ToByteArray();
        bytes[15] ^= (byte)(row + 1);
        return new(bytes);
    }
}
