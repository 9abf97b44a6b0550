using Microsoft.EntityFrameworkCore;
using Modular.Billing.Authorizations;
using Modular.Billing.ClaimFiles;
using Modular.Billing.Encounters;
using Modular.Billing.Identifiers;
using Modular.Billing.Payers;
using Modular.Billing.Reactions;
using Modular.Patients.Messages;
using Modular.Sdk.Core;

namespace Modular.Billing.Claims;

/// <summary>What a claim says, gathered from all that billing knows: many claims with a dozen queries.</summary>
public sealed class ClaimFactsBuilder(BillingDb db, AuthorizationNumbers numbers)
{
    /// <param name="Facts">Null where something is not known that every claim has.</param>
    /// <param name="Missing">What that is, in sentences.</param>
    public sealed record Built(ClaimFacts? Facts, IReadOnlyList<string> Missing)
    {
        /// <summary>Why it cannot be sent; empty when it may.</summary>
        public IReadOnlyList<string> Faults => Facts is null ? Missing : ClaimFaults.Of(Facts);
    }

    /// <summary>Places where the provider is not: at the patient's, or by telephone and video.</summary>
    private static readonly string[] Nowhere = ["02", "10", "12"];

    /// <returns>One for each claim, by its id.</returns>
    public async Task<IReadOnlyDictionary<Guid, Built>> BuildAsync(IReadOnlyCollection<Claim> claims, CancellationToken ct)
    {
        var known = await LoadAsync(claims, ct);
        return claims.ToDictionary(c => c.Id, c => Build(c, known));
    }

    private sealed record Sources(
        Dictionary<Guid, Encounter> Encounters, Dictionary<Guid, KnownCoverage> Coverages, Dictionary<Guid, ClaimPatient> Names,
        Dictionary<Guid, KnownPatient> Patients, Dictionary<Guid, KnownCase> Cases, Dictionary<Guid, KnownPayer> Payers,
        Dictionary<Guid, KnownEntity> Entities, Dictionary<Guid, BillingEntity> Billing, Dictionary<Guid, KnownStaffMember> Staff,
        Dictionary<Guid, ClaimStaff> StaffNames, Dictionary<Guid, string?> Taxonomies, ILookup<Guid, ProviderNumber> Numbers,
        List<KnownPlace> Places, Dictionary<Guid, ServiceFacility> Facilities, List<PayerRule> Rules,
        IReadOnlyDictionary<Guid, AuthorizationNumber> Authorizations);

    private async Task<Sources> LoadAsync(IReadOnlyCollection<Claim> claims, CancellationToken ct)
    {
        var (encounterIds, patients) = (claims.Select(c => c.EncounterId).ToList(), claims.Select(c => c.PatientId).Distinct().ToList());
        var encounters = await db.Encounters.AsNoTracking().Include(e => e.Diagnoses).Include(e => e.Lines).Include(e => e.Coverages).AsSplitQuery()
            .Where(e => encounterIds.Contains(e.Id)).ToDictionaryAsync(e => e.Id, ct);
        var coverageIds = claims.Select(c => c.CoverageId).Concat(encounters.Values.SelectMany(e => e.Coverages).Select(c => c.CoverageId)).Distinct().ToList();
        var coverages = await db.Coverages.AsNoTracking().Where(c => coverageIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        var caseIds = encounters.Values.Select(e => e.CaseId).OfType<Guid>().Distinct().ToList();
        var payerIds = claims.Select(c => c.PayerId).Concat(coverages.Values.Select(c => c.PayerId)).Distinct().ToList();
        var entityIds = claims.Select(c => c.EntityId).Distinct().ToList();
        var staffIds = encounters.Values.SelectMany(e => new[] { e.RenderingId, e.SupervisingId, e.OrderingId }).OfType<Guid>().Distinct().ToList();
        return new(
            encounters, coverages,
            await db.ClaimPatients.AsNoTracking().Where(p => patients.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct),
            await db.Patients.AsNoTracking().Where(p => patients.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct),
            await db.Cases.AsNoTracking().Where(c => caseIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct),
            await db.Payers.AsNoTracking().Where(p => payerIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct),
            await db.Entities.AsNoTracking().Where(e => entityIds.Contains(e.Id)).ToDictionaryAsync(e => e.Id, ct),
            await db.BillingEntities.AsNoTracking().Where(e => entityIds.Contains(e.Id)).ToDictionaryAsync(e => e.Id, ct),
            await db.Providers.AsNoTracking().Where(p => staffIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct),
            await db.ClaimStaff.AsNoTracking().Where(p => staffIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct),
            await db.BillingProviders.AsNoTracking().Where(p => staffIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Taxonomy, ct),
            (await db.ProviderNumbers.AsNoTracking().Where(n => staffIds.Contains(n.ProviderId)).OrderBy(n => n.Id).ToListAsync(ct)).ToLookup(n => n.ProviderId),
            await db.Places.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Id).ToListAsync(ct),
            await db.ServiceFacilities.AsNoTracking().ToDictionaryAsync(f => f.Id, ct),
            await db.PayerRules.AsNoTracking().Where(r => r.PayerId == null || payerIds.Contains(r.PayerId.Value)).ToListAsync(ct),
            await numbers.ForAsync(encounterIds, ct));
    }

    private static Built Build(Claim claim, Sources known)
    {
        var encounter = known.Encounters[claim.EncounterId];
        var (entity, billing) = (known.Entities.GetValueOrDefault(claim.EntityId), known.Billing.GetValueOrDefault(claim.EntityId));
        var home = known.Places.Find(p => p.EntityId == claim.EntityId) ?? known.Places.Find(p => p.EntityId is null);
        var coverage = known.Coverages.GetValueOrDefault(claim.CoverageId);
        var payer = known.Payers.GetValueOrDefault(claim.PayerId);
        var (name, patient) = (known.Names.GetValueOrDefault(claim.PatientId), known.Patients.GetValueOrDefault(claim.PatientId));
        var filing = coverage?.ClaimFilingCode ?? payer?.ClaimFilingCode;
        List<string> missing =
        [
            .. new (bool Lacks, string Sentence)[]
            {
                (encounter.State != EncounterState.Ready, "The charges are open: close them first."),
                (entity?.TaxId is null, $"{entity?.Name ?? "The legal entity"} has no tax id."),
                (entity?.Npi is null, $"{entity?.Name ?? "The legal entity"} has no NPI."),
                (home?.Address is null, $"No place of {entity?.Name ?? "the legal entity"} has an address to bill from."),
                (name is null || patient is null, "The patient's name and birth date have not come yet."),
                (name is not null && (name.Address is null || name.City is null), "The patient has no address."),
                (coverage is null, "The coverage that is billed was removed from the chart."),
                (payer?.PayerNumber is null, $"{claim.Payer} has no payer number: a claim has nowhere to go."),
                (filing is null, $"{claim.Payer} has no claim filing code."),
            }.Where(l => l.Lacks).Select(l => l.Sentence),
        ];
        if (missing.Count > 0)
        {
            return new(null, missing);
        }

        var day = encounter.ServiceFrom;
        var rule = PayerRules.Choose(known.Rules.Where(r => (r.PayerId == claim.PayerId || (r.PayerId is null && (r.FilingCode is null || r.FilingCode == filing))) && r.On(day)));
        var @case = encounter.CaseId is { } id ? known.Cases.GetValueOrDefault(id) : null;
        var place = known.Places.Find(p => p.Id == encounter.LocationId);
        var facility = known.Facilities.GetValueOrDefault(encounter.LocationId);
        return new(new()
        {
            Id = claim.Number,
            Frequency = claim.Frequency,
            Billing = new()
            {
                Name = new(entity!.Name), Npi = entity.Npi!, TaxId = entity.TaxId!, Address = Address(home!.Address, home.City, home.State, home.Zip)!,
                Taxonomy = rule?.Taxonomy == false ? null : billing?.Taxonomy,
                Contact = billing?.StatementPhone is { } phone ? new(entity.Name, phone) : null,
                PayTo = Address(billing?.PayToAddress, billing?.PayToCity, billing?.PayToState, billing?.PayToZip),
            },
            Coverage = CoverageOf(claim, coverage!, payer!, filing!, @case),
            Patient = PatientOf(name!, patient!),
            PlaceOfService = encounter.PlaceOfService,
            Diagnoses = [.. encounter.Diagnoses.OrderBy(d => d.Position).Select(d => d.Code)],
            Lines = [.. encounter.Lines.OrderBy(l => l.Position).Select(l => LineOf(l, encounter, known, claim.PayerId))],
            Accident = @case is null ? null : new(@case.Kind == "auto", @case.Kind == "workers-comp", @case.Kind is "liability" or "other", @case.AccidentOn,
                @case.Kind == "auto" ? @case.State : null),
            References = new()
            {
                Authorization = known.Authorizations.GetValueOrDefault(encounter.Id)?.Authorization, Referral = known.Authorizations.GetValueOrDefault(encounter.Id)?.Referral,
                PayerClaim = claim.Frequency == "1" ? null : claim.PayerClaimNumber, Clia = facility?.Clia is { } clia && encounter.Lines.Exists(IsLaboratory) ? clia : null,
            },
            Rendering = Provider(encounter.RenderingId, known, claim.PayerId),
            Supervising = Provider(encounter.SupervisingId, known, claim.PayerId) is { } supervising ? supervising with { Taxonomy = null } : null,
            Referring = Referring(encounter),
            Facility = FacilityOf(encounter, place, home!, facility),
            OtherCoverages = [.. encounter.Coverages.Where(c => c.CoverageId != claim.CoverageId).OrderBy(c => c.Rank)
                .Select(c => OtherOf(c, known)).OfType<OtherCoverage>()],
        }, []);
    }

    /// <summary>CPT 80047 to 89398.</summary>
    private static bool IsLaboratory(ChargeLine line) => line.Code[0] == '8' && line.Code.All(char.IsAsciiDigit);

    private static ClaimCoverage CoverageOf(Claim claim, KnownCoverage c, KnownPayer payer, string filing, KnownCase? @case) => new()
    {
        Rank = RankLetter(claim.Rank),
        Relationship = Relationship(c.Relationship),
        MemberId = c.MemberId,
        FilingCode = filing,
        Payer = PayerOf(payer),
        Subscriber = c.Relationship == "self" ? null : SubscriberOf(c),
        SubscriberPerson = c is { Relationship: not "self", SubscriberBirth: { } born }
            && Address(c.SubscriberAddress, c.SubscriberCity, c.SubscriberState, c.SubscriberZip, c.SubscriberAddress2) is { } lives
                ? new(SubscriberOf(c), born, c.SubscriberSex ?? "U", lives) : null,
        GroupNumber = c.GroupNumber,
        GroupName = c.GroupNumber is null ? c.GroupName : null,
        PropertyClaim = filing is "WC" or "AM" or "LM" ? @case?.ClaimNumber : null,
    };

    private static OtherCoverage? OtherOf(EncounterCoverage rank, Sources known) =>
        known.Coverages.GetValueOrDefault(rank.CoverageId) is { } c && known.Payers.GetValueOrDefault(c.PayerId) is { PayerNumber: not null } payer
        && (c.ClaimFilingCode ?? payer.ClaimFilingCode) is { } filing
            ? new()
            {
                Rank = RankLetter(rank.Rank), Relationship = Relationship(c.Relationship), FilingCode = filing, MemberId = c.MemberId,
                Payer = PayerOf(payer), Subscriber = SubscriberOf(c), GroupNumber = c.GroupNumber, GroupName = c.GroupNumber is null ? c.GroupName : null,
            }
            : null;

    private static ClaimPayer PayerOf(KnownPayer payer) =>
        new(payer.Name, payer.PayerNumber!) { Address = Address(payer.Address, payer.City, payer.State, payer.Zip) };

    private static ClaimName SubscriberOf(KnownCoverage c) => new(c.SubscriberLast, c.SubscriberFirst, c.SubscriberMiddle, c.SubscriberSuffix);

    private static ClaimPerson PatientOf(ClaimPatient name, KnownPatient patient) =>
        new(new(name.LastName, name.FirstName, name.MiddleName, name.Suffix), patient.BirthDate, patient.Sex is "F" or "M" ? patient.Sex : "U",
            Address(name.Address, name.City, name.State, name.Zip, name.Address2)!)
        { Died = name.DeceasedOn, Phone = patient.Phone };

    private static ClaimLine LineOf(ChargeLine l, Encounter encounter, Sources known, Guid payer) => new()
    {
        // 837P REF*6R takes thirty characters; the line's id without marks has 32, of which the last ones differ.
        ControlNumber = l.Id.ToString("N")[2..],
        Procedure = l.Code,
        Modifiers = l.Modifiers,
        Charge = l.Amount,
        Units = l.Units,
        Pointers = l.Pointers,
        From = l.ServiceOn,
        Drug = l is { Ndc: { } ndc, NdcQuantity: { } quantity, NdcUnit: { } unit } ? new(ndc, quantity, unit) : null,
        Note = l.Note is null ? null : new("ADD", l.Note),
        Ordering = Provider(encounter.OrderingId, known, payer) is { } ordering ? ordering with { Taxonomy = null } : null,
    };

    private static ClaimProvider? Provider(Guid? id, Sources known, Guid payer) =>
        id is { } of && known.StaffNames.GetValueOrDefault(of) is { } name
            ? new(new(name.LastName, name.FirstName), known.Staff.GetValueOrDefault(of)?.Npi)
            {
                Taxonomy = known.Taxonomies.GetValueOrDefault(of),
                Ids = [.. known.Numbers[of].Where(n => n.PayerId is null || n.PayerId == payer).Select(n => new ClaimId(n.Qualifier, n.Number))],
            }
            : null;

    /// <summary>The desk writes "Last, First"; of any other shape all is the last name.</summary>
    private static ClaimProvider? Referring(Encounter e) => e.Referring is not { } said ? null
        : said.Split(',', 2, StringSplitOptions.TrimEntries) is [var last, var first] ? new(new(last, first), e.ReferringNpi) : new(new(said), e.ReferringNpi);

    private static ClaimProvider? FacilityOf(Encounter e, KnownPlace? place, KnownPlace home, ServiceFacility? facility) =>
        e.Facility is { } outside ? new(new(outside), null) { IsPerson = false }
        : place is null || place.Id == home.Id || Nowhere.Contains(e.PlaceOfService) ? null
        : new(new(place.Name), facility?.Npi) { IsPerson = false, Address = Address(place.Address, place.City, place.State, place.Zip) };

    private static ClaimAddress? Address(string? street, string? city, string? state, string? zip, string? street2 = null) =>
        street is null || city is null ? null : new(street, city, state, zip?.Replace("-", "", StringComparison.Ordinal), street2);

    /// <summary>SBR01.</summary>
    private static string RankLetter(int rank) => rank switch
    {
        1 => "P",
        2 => "S",
        3 => "T",
        _ => ((char)('A' + rank - 4)).ToString(),
    };

    /// <summary>SBR02 and PAT01 (X12 1069).</summary>
    private static string Relationship(string said) => said switch
    {
        "self" => "18",
        "spouse" => "01",
        "child" => "19",
        "employee" => "20",
        "unknown" => "21",
        "organ-donor" => "39",
        "cadaver-donor" => "40",
        "partner" => "53",
        _ => "G8",
    };
}
