using Modular.Patients.Messages;
using Modular.Referrals.Reactions;
using Modular.Referrals.Referrals;
using Modular.Referrals.Specialists;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Referrals.Demo;

/// <summary>What happened to each of them, told by the same steps a person takes, each on a day that fits the others.</summary>
internal static class DemoStories
{
    private static readonly (string Name, string At, string Specialty, string Reason)[] Doctors =
    [
        ("Ines Marlow, MD", "Harbor Cardiology", "Cardiology", "Chest tightness on stairs for six weeks, ECG with flat T waves. Stress test? Known hypertension, LDL 162 on atorvastatin 20."),
        ("Tobias Kerr, MD", "Lake Orthopedics", "Orthopedics", "Right knee locks since a twist in spring, McMurray positive. Please judge the meniscus; X-ray is normal."),
        ("Prisca Odell, MD", "Fairhaven Eye Center", "Ophthalmology", "Diabetes for nine years, last eye check two years ago. Yearly retina exam, floaters on the left since May."),
        ("Rowan Achebe, DO", "Northgate Neurology", "Neurology", "Headaches with aura twice a week in spite of propranolol. Is imaging needed, what next?"),
        ("Mila Brandt, MD", "Skin Clinic of Fairhaven", "Dermatology", "Mole on the back has grown and bleeds at times, 9 mm, two colors. Please excise or advise."),
        ("Jonah Whitlock, PT", "Stride Physical Therapy", "Physical therapy", "Low back pain for three months, no red flags. Twelve visits of core strength and posture."),
        ("Sela Ostrow, MD", "Valley Gastroenterology", "Gastroenterology", "Positive FIT, hemoglobin 11.2. Colonoscopy, please; on apixaban."),
        ("Dario Finch, MD", "Bayside Endocrinology", "Endocrinology", "TSH suppressed, T4 high, tremor. Graves' disease? Antibodies are on the way."),
    ];

    private static readonly string[] Replies =
    [
        "Stress echo normal. Stop the nitrate, raise atorvastatin to 40, back in a year.", "Medial meniscus tear on MRI. Arthroscopy planned, physical therapy until then.",
        "No retinopathy. Posterior vitreous detachment on the left, watch for flashes; back in twelve months.", "Migraine with aura. Started topiramate 25, MRI normal. Sees us in eight weeks.",
        "Excised whole; histology shows dysplastic nevus, margins clear. Skin check every six months.",
    ];

    public static List<Specialist> Specialists() => [.. Doctors.Select((d, i) => new Specialist
    {
        Name = d.Name, Organization = d.At, Specialty = d.Specialty, Npi = WithCheckDigit($"19925{i}417"), Phone = $"555010{3100 + i:0000}"[..10], Fax = $"555010{4100 + i:0000}"[..10],
        Address = $"{120 + (i * 35)} Commerce Street, Fairhaven, WA 98225",
    })];

    /// <param name="number">Decides how far it has come: every step occurs, and some are late.</param>
    public static Referral Tell(
        int number, KnownPatient patient, List<Specialist> specialists, KnownCoverage? coverage, KnownStaffMember? asks, Location place, DateOnly today, ReferralsSettings rules)
    {
        var which = ((number * 5) + (number / 8)) % Doctors.Length;
        var urgency = number % 11 == 4 ? Urgency.Emergency : number % 4 == 3 ? Urgency.Urgent : Urgency.Routine;
        var stage = number % 11;
        // The further it has come, the longer ago it began; every third waits longer than it should.
        var ago = stage switch { 0 => 1, 1 => 3, 2 => 7, 3 => 12, 4 => 0, 5 => 18, 6 => 30, 7 => 47, 8 => 60, 9 => 34, _ => 21 } + (number % 3 == 2 ? 16 : 0);
        var told = new Story(place, today, rules, ago, asks?.Name ?? "Front desk");
        var referral = new Referral
        {
            LocationId = place.Id, Zone = place.Zone, PatientId = patient.Id, PatientName = patient.Name, FormKey = Guid.CreateVersion7(),
            WrittenOn = today.AddDays(-ago), WrittenBy = told.By,
        };
        referral.Set(specialists[which], asks, coverage, Doctors[which].Reason, urgency, told.On(0));
        referral.Begin(told.On(0));
        Walk(referral, stage, specialists[which], number, told);
        return referral;
    }

    /// <summary>0 written, 1 plan asked, 2 checked, 3 sent, 4 sent as an emergency, 5 to be told, 6 appointment, 7 seen, 8 closed, 9 replied, 10 ended otherwise.</summary>
    private static void Walk(Referral r, int stage, Specialist to, int number, Story told)
    {
        if (stage == 1 && r.CoverageId is not null)
        {
            r.Check(PlanAnswer.Waiting, null, null, null, told.On(1));
        }

        if (stage is 0 or 1)
        {
            return;
        }

        if (stage != 4)
        {
            var needs = r.CoverageId is not null && number % 2 == 0;
            r.Check(needs ? PlanAnswer.Given : PlanAnswer.None, needs ? $"A{7340 + number}" : null, needs ? told.Today.AddDays(60) : null, needs ? 3 : null, told.On(1));
        }

        if (stage == 2)
        {
            return;
        }

        r.Send(number % 5 == 1 ? "portal" : "fax", number % 5 == 1 ? to.Organization : to.Fax, "Letter, last visit notes and results", Guid.CreateVersion7(), told.On(2));
        if (stage is 3 or 4)
        {
            return;
        }

        if (stage == 10)
        {
            r.End(number % 2 == 0, number % 2 == 0 ? "No new patients until spring" : "Patient feels better and wants to wait", told.On(6));
            return;
        }

        r.Book(stage is 5 ? told.Today.AddDays(4 + (number % 9)) : stage is 6 && number % 2 == 0 ? told.Today.AddDays(number % 6) : told.Day(14), new(8 + (number % 8), number % 2 * 30), stage == 5 ? null : "phone", told.On(5));
        Finish(r, stage, number, told);
    }

    private static void Finish(Referral r, int stage, int number, Story told)
    {
        if (stage is 6 && number % 4 == 1)
        {
            r.Miss(told.On(15));
        }

        if (stage >= 7)
        {
            r.See(told.Day(14), told.On(15));
        }

        if (stage is 8 or 9)
        {
            r.Receive(told.Day(24), Replies[number % Replies.Length], told.On(24));
        }

        if (stage is 8)
        {
            r.Close(told.On(27));
        }
    }

    /// <summary>Nine digits and the one that must follow, as for a card number with 80840 before it.</summary>
    private static string WithCheckDigit(string nine) => Enumerable.Range(0, 10).Select(d => $"{nine}{d}").First(TypedNpi.IsValid);

    /// <summary>The days of one referral, counted from the one it was written on.</summary>
    private sealed record Story(Location Place, DateOnly Today, ReferralsSettings Rules, int Ago, string By)
    {
        public DateOnly Day(int after) => Today.AddDays(Math.Min(after - Ago, 0));

        public Moment On(int after) => new(Day(after), WallTime.Instant(Day(after), new(9 + (after % 7), after * 7 % 60), Place.Zone), By, Rules);
    }
}
