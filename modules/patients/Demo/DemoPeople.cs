using Modular.Patients.AgreementForms;
using Modular.Patients.Agreements;
using Modular.Patients.Cases;
using Modular.Patients.Charts;
using Modular.Patients.Contacts;
using Modular.Patients.Coverages;
using Modular.Patients.OutsideProviders;

namespace Modular.Patients.Demo;

/// <summary>The people around the demo patients: parents who decide and pay, whom to call, who sent them, what they signed.</summary>
internal sealed class DemoPeople(DateOnly today)
{
    public IReadOnlyList<OutsideProvider> Doctors { get; } =
    [
        Doctor("Ada Vale, MD", "Harbor Cardiology", "Cardiology", "1234567893"), Doctor("Ruth Ostrander, MD", "Millbrook Family Medicine", "Family medicine", "1003000126"),
        Doctor("Kenji Morita, DO", "Lakeside Pediatrics", "Pediatrics", "1679576722"), Doctor("Paloma Reyes, NP", "Harrow Community Clinic", "Family medicine", null),
        Doctor("Emeka Obi, MD", "Quarry Hill Orthopedics", "Orthopedics", null), Doctor("Lakeside Hospital, emergency", "Lakeside Hospital", "Emergency medicine", null),
    ];

    public IReadOnlyList<AgreementForm> Forms { get; } =
    [
        Form(AgreementForm.Npp, "Notice of privacy practices", "2026-02", new(2026, 2, 16), null, "This notice says how we use and share health information about you, and what your rights are."),
        Form("financial", "Financial policy", "2025-01", new(2025, 1, 1), 24, "Copays are due at the visit. What your plan does not pay is billed to the guarantor."),
        Form("assignment", "Assignment of benefits", "2024-06", new(2024, 6, 1), null, "I ask my plan to pay this practice directly for the care I get here."),
        Form("release", "Release of information for payment", "2024-06", new(2024, 6, 1), 12, "I allow this practice to give my plan what it needs to pay for my care."),
    ];

    public IReadOnlyList<Payer> CasePayers { get; } = [new() { Name = "State Workers' Insurance Fund", PayerNumber = "71010", ClaimFilingCode = "WC" }, new() { Name = "Roadside Mutual Auto", PayerNumber = "71020", ClaimFilingCode = "AM" }];

    /// <summary>Rows around the patients of one batch; a household is whoever lives at one address.</summary>
    public IEnumerable<object> Around(IReadOnlyList<Patient> patients)
    {
        foreach (var home in patients.Where(p => p.Address is not null).GroupBy(p => (p.Address, p.Zip)))
        {
            var adults = home.Where(p => !Age.IsMinor(p.BirthDate, today)).ToList();
            foreach (var p in home)
            {
                var number = int.Parse(p.SourceId!, null);
                (p.PrimaryCareId, p.ReferredById) = (Doctors[number % 4].Id, number % 5 == 0 ? Doctors[(number / 5) % 6].Id : null);
                (p.HeardFrom, p.TextConsent, p.TextConsentOn) = (number % 5 == 0 ? "doctor" : number % 3 == 0 ? "friend" : "insurance",
                    p.MobilePhone is null || number % 7 == 0 ? null : "yes", p.MobilePhone is null || number % 7 == 0 ? null : today.AddDays(-number % 300));
                foreach (var row in Nearest(p, adults).Concat<object>(Signed(p, number)).Concat(Accident(p, number)))
                {
                    yield return row;
                }
            }
        }
    }

    private IEnumerable<Contact> Nearest(Patient p, List<Patient> adults)
    {
        var minor = Age.IsMinor(p.BirthDate, today);
        foreach (var (adult, i) in adults.Where(a => a.Id != p.Id).Take(2).Select((a, i) => (a, i)))
        {
            yield return new()
            {
                PatientId = p.Id, OtherPatientId = adult.Id, BirthDate = adult.BirthDate, Relationship = minor ? "parent" : "spouse",
                FirstName = adult.FirstName, MiddleName = adult.MiddleName, LastName = adult.LastName, Suffix = adult.Suffix,
                Phone = adult.MobilePhone, Emergency = i + 1, Guarantor = minor && i == 0, MayDiscuss = minor || i == 0, Authority = minor ? "parent" : null,
                FromDate = minor ? p.BirthDate : today.AddYears(-1),
            };
        }
    }

    /// <summary>One adult in sixty was hurt at work or on the road; the case has a payer of its own.</summary>
    private IEnumerable<object> Accident(Patient p, int number)
    {
        if (number % 61 != 9 || Age.Years(p.BirthDate, today) is < 20 or > 66)
        {
            yield break;
        }

        var (day, work) = (today.AddDays(-20 - (number % 90)), number % 2 == 0);
        var hurt = new Case
        {
            PatientId = p.Id, Kind = work ? Case.WorkersComp : Case.Auto, AccidentOn = day, AccidentState = "NY", OpenedOn = day, ClaimNumber = $"{(work ? "WC" : "AU")}-{number:00000}",
            Employer = work ? "Lakeside Cannery" : null, Injury = work ? "Left wrist, fall from a ladder" : "Neck, hit from behind", Adjuster = "Wanda Pruitt", AdjusterPhone = "5550107711",
            Title = work ? $"Wrist at work, {day:MMM d}" : $"Car accident, {day:MMM d}",
        };
        yield return hurt;
        yield return new Coverage
        {
            PatientId = p.Id, PayerId = CasePayers[work ? 0 : 1].Id, BenefitLine = Coverage.OfCase, CaseId = hurt.Id, MemberId = hurt.ClaimNumber!, PlanType = work ? "workers-comp" : "auto", EffectiveFrom = day,
        };
    }

    private IEnumerable<Agreement> Signed(Patient p, int number)
    {
        foreach (var (form, i) in Forms.Select((f, i) => (f, i)).Where(x => (number + x.i) % 4 != 0))
        {
            var day = today.AddDays(-(number * 13 % 200) - 5);
            var minor = Age.IsMinor(p.BirthDate, today);
            var declined = form.Kind == AgreementForm.Npp && number % 97 == 1;
            yield return new()
            {
                PatientId = p.Id, FormId = form.Id, SignedOn = day < p.BirthDate ? today : day, SignedBy = minor ? $"Parent of {p.FirstName}" : p.FullName,
                Relationship = minor ? "parent" : "self", TakenBy = "Front desk", Outcome = declined ? "declined" : Agreement.Signed,
                Reason = declined ? "Offered at the desk, read it, would not sign" : null,
                ExpiresOn = !declined && form.RenewMonths is { } months ? (day < p.BirthDate ? today : day).AddMonths(months) : null,
            };
        }
    }

    private static OutsideProvider Doctor(string name, string practice, string specialty, string? npi) =>
        new() { Name = name, Organization = practice, Specialty = specialty, Npi = npi, Phone = $"55501{name.Length:00}{practice.Length:000}", Fax = $"55502{name.Length:00}{practice.Length:000}" };

    private static AgreementForm Form(string kind, string title, string edition, DateOnly from, int? renew, string body) =>
        new() { Kind = kind, Title = title, Edition = edition, InUseFrom = from, RenewMonths = renew, Required = true, Body = body };
}
