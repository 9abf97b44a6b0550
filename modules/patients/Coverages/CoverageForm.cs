using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Coverages;

/// <summary>A coverage as typed.</summary>
public sealed class CoverageForm : IEditForm<Coverage>
{
    public int Version { get; set; }
    public string? Payer { get; set; }

    /// <summary>Name of a payer that is not on the list yet.</summary>
    public string? NewPayer { get; set; }
    /// <summary>A benefit line, or "case" and the id of the case.</summary>
    public string? Line { get; set; } = Coverage.Medical;
    public string? Rank { get; set; } = "1";
    public string? PlanType { get; set; }
    public string? CopayOffice { get; set; }
    public string? CopaySpecialist { get; set; }
    public string? CopayUrgent { get; set; }
    public string? CopayPreventive { get; set; }
    public string? CopayTelehealth { get; set; }
    public string? PrimaryCare { get; set; }
    public string? MemberId { get; set; }
    public string? GroupNumber { get; set; }
    public string? GroupName { get; set; }
    public string? PlanName { get; set; }
    public string? Relationship { get; set; } = "self";
    public string? SubscriberFirstName { get; set; }
    public string? SubscriberMiddleName { get; set; }
    public string? SubscriberLastName { get; set; }
    public string? SubscriberSuffix { get; set; }
    public string? SubscriberBirthDate { get; set; }
    public string? SubscriberSex { get; set; }
    public string? SubscriberAddress { get; set; }
    public string? SubscriberAddress2 { get; set; }
    public string? SubscriberCity { get; set; }
    public string? SubscriberState { get; set; }
    public string? SubscriberZip { get; set; }
    public string? EffectiveFrom { get; set; }
    public string? EffectiveTo { get; set; }

    public void Show(Coverage c)
    {
        (Payer, Rank, MemberId, GroupNumber, GroupName, PlanName) = (c.PayerId.ToString(), $"{c.Rank}", c.MemberId, c.GroupNumber, c.GroupName, c.PlanName);
        (Relationship, SubscriberSex, SubscriberBirthDate) = (c.Relationship, c.SubscriberSex, c.SubscriberBirthDate is { } born ? Said.ShortDay(born) : null);
        (SubscriberFirstName, SubscriberMiddleName, SubscriberLastName, SubscriberSuffix) =
            (c.SubscriberFirstName, c.SubscriberMiddleName, c.SubscriberLastName, c.SubscriberSuffix);
        (SubscriberAddress, SubscriberAddress2, SubscriberCity, SubscriberState, SubscriberZip) =
            (c.SubscriberAddress, c.SubscriberAddress2, c.SubscriberCity, c.SubscriberState, Format.Zip(c.SubscriberZip));
        (EffectiveFrom, EffectiveTo) = (Said.ShortDay(c.EffectiveFrom), c.EffectiveTo is { } to ? Said.ShortDay(to) : null);
        (Line, PlanType, PrimaryCare) = (c.CaseId is { } of ? $"case {of}" : c.BenefitLine, c.PlanType, c.PrimaryCare);
        (CopayOffice, CopaySpecialist, CopayUrgent) = (Shown(c.CopayOffice), Shown(c.CopaySpecialist), Shown(c.CopayUrgent));
        (CopayPreventive, CopayTelehealth) = (Shown(c.CopayPreventive), Shown(c.CopayTelehealth));
    }

    public void Write(Coverage coverage, Reading read)
    {
        coverage.Rank = Rank switch { "1" => 1, "2" => 2, "3" => 3, _ => 0 };
        if (coverage.Rank == 0)
        {
            read.Refuse(nameof(Rank), "Choose primary, secondary or tertiary.");
        }

        coverage.PlanType = read.OneOf(nameof(PlanType), "Plan type", PlanType, Coverage.PlanTypes);
        coverage.PrimaryCare = read.Text(nameof(PrimaryCare), "Primary care provider", PrimaryCare, 120);
        coverage.CopayOffice = read.Money(nameof(CopayOffice), CopayOffice);
        coverage.CopaySpecialist = read.Money(nameof(CopaySpecialist), CopaySpecialist);
        coverage.CopayUrgent = read.Money(nameof(CopayUrgent), CopayUrgent);
        coverage.CopayPreventive = read.Money(nameof(CopayPreventive), CopayPreventive);
        coverage.CopayTelehealth = read.Money(nameof(CopayTelehealth), CopayTelehealth);
        coverage.MemberId = read.Required(nameof(MemberId), "Member ID", MemberId, 60);
        coverage.GroupNumber = read.Text(nameof(GroupNumber), "Group number", GroupNumber, 60);
        coverage.GroupName = read.Text(nameof(GroupName), "Group name", GroupName, 120);
        coverage.PlanName = read.Text(nameof(PlanName), "Plan", PlanName, 120);
        ReadSubscriber(coverage, read);
        ReadDays(coverage, read);
        if (Reading.Clean(NewPayer) is null && !Guid.TryParse(Payer, out _))
        {
            read.Refuse(nameof(Payer), "Choose the payer, or type its name if it is not listed.");
        }
    }

    /// <summary>What needs the database: the payer, added when it is a new one, the case, and the days of other coverages.</summary>
    public async Task CheckAsync(Coverage coverage, PatientsDb db, Reading read, CancellationToken ct)
    {
        await ReadPayerAsync(coverage, db, read, ct);
        await ReadLineAsync(coverage, db, read, ct);
        if (read.Errors.Count == 0 && await Overlap.FindAsync(db, coverage, ct) is { } overlap)
        {
            read.Errors.Add(overlap);
        }
    }

    private async Task ReadPayerAsync(Coverage coverage, PatientsDb db, Reading read, CancellationToken ct)
    {
        if (read.Text(nameof(NewPayer), "Payer", NewPayer, 120) is { } name)
        {
            var payer = await db.Payers.FirstOrDefaultAsync(p => PatientsDb.Plain(p.Name) == PatientsDb.Plain(name), ct);
            if (payer is null)
            {
                db.Add(payer = new Payer { Name = name });
            }

            coverage.PayerId = payer.Id;
        }
        else if (Guid.TryParse(Payer, out var id) && await db.Payers.AnyAsync(p => p.Id == id, ct))
        {
            coverage.PayerId = id;
        }
        else
        {
            read.Refuse(nameof(Payer), "Choose the payer, or type its name if it is not listed.");
        }
    }

    private async Task ReadLineAsync(Coverage coverage, PatientsDb db, Reading read, CancellationToken ct)
    {
        if (Line?.Split(' ') is ["case", var id] && Guid.TryParse(id, out var caseId) && await db.Cases.AnyAsync(c => c.Id == caseId && c.PatientId == coverage.PatientId, ct))
        {
            (coverage.BenefitLine, coverage.CaseId) = (Coverage.OfCase, caseId);
            return;
        }

        (coverage.BenefitLine, coverage.CaseId) = (read.OneOf(nameof(Line), "What it covers", Line, Coverage.Lines) ?? Coverage.Medical, null);
    }

    private static string? Shown(decimal? amount) => amount?.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);

    private void ReadSubscriber(Coverage coverage, Reading read)
    {
        coverage.Relationship = read.OneOf(nameof(Relationship), "Relationship", Relationship, Choices.Relationship) ?? Coverage.Self;
        // What is typed beside "self" is not read: the patient's own row says it.
        coverage.HoldBy(coverage.Relationship == Coverage.Self ? null : new(
            // Of an accident the subscriber may be an employer, who has no first name.
            Line?.StartsWith(Coverage.OfCase, StringComparison.Ordinal) == true
                ? read.Text(nameof(SubscriberFirstName), "Subscriber's first name", SubscriberFirstName, 120)
                : read.Required(nameof(SubscriberFirstName), "Subscriber's first name", SubscriberFirstName, 120),
            read.Text(nameof(SubscriberMiddleName), "Subscriber's middle name", SubscriberMiddleName, 120),
            read.Required(nameof(SubscriberLastName), "Subscriber's last name", SubscriberLastName, 120),
            read.Text(nameof(SubscriberSuffix), "Suffix", SubscriberSuffix, 20),
            read.Past(nameof(SubscriberBirthDate), "Subscriber's birth date", SubscriberBirthDate),
            read.OneOf(nameof(SubscriberSex), "Subscriber's sex", SubscriberSex, Choices.Sex),
            read.Text(nameof(SubscriberAddress), "Subscriber's address", SubscriberAddress, 120),
            read.Text(nameof(SubscriberAddress2), "Apartment or unit", SubscriberAddress2),
            read.Text(nameof(SubscriberCity), "City", SubscriberCity),
            read.State(nameof(SubscriberState), SubscriberState),
            read.Zip(nameof(SubscriberZip), SubscriberZip)));
    }

    private void ReadDays(Coverage coverage, Reading read)
    {
        if (read.Near(nameof(EffectiveFrom), EffectiveFrom) is { } from)
        {
            coverage.EffectiveFrom = from;
        }
        else if (Reading.Clean(EffectiveFrom) is null)
        {
            read.Refuse(nameof(EffectiveFrom), "Type the first day covered.");
        }

        coverage.EffectiveTo = read.Near(nameof(EffectiveTo), EffectiveTo);
        if (coverage.EffectiveTo < coverage.EffectiveFrom)
        {
            read.Refuse(nameof(EffectiveTo), "The last day is before the first.");
        }
    }
}
