using Modular.Patients.Charts;
using Modular.Patients.Coverages;

namespace Modular.Patients.Demo;

/// <summary>Makes households of one town: the same every time, so that a demo practice can be made again.</summary>
internal sealed class DemoHouseholds(DateOnly today, IReadOnlyList<Payer> payers)
{
    public const string Source = "demo";

    // A fixed seed, not security: two demo practices are to be alike.
#pragma warning disable CA5394
    private readonly Random random = new(19480105);
    private int made;

    public IEnumerable<(Patient Patient, List<Coverage> Coverages)> Make(int count)
    {
        while (made < count)
        {
            foreach (var person in Household().Take(count - made).ToList())
            {
                yield return person;
            }
        }
    }

    private IEnumerable<(Patient, List<Coverage>)> Household()
    {
        var last = LastName();
        var (city, zip) = Pick(DemoNames.Towns);
        var street = $"{random.Next(1, 980)} {Pick(DemoNames.Streets)} {Pick(DemoNames.Kinds)}";
        var language = Pick(DemoNames.Languages);
        var payer = payers[random.Next(2, payers.Count)];
        var adults = random.Next(100) < 55 ? 2 : 1;
        var oldest = random.Next(22, 94);
        Patient? subscriber = null;
        for (var i = 0; i < adults; i++)
        {
            var adult = Person(last, Math.Max(20, oldest - random.Next(0, 6)), i == 0 ? random.Next(2) == 0 : subscriber!.Sex == "M");
            Live(adult, street, city, zip, language);
            var coverages = Cover(adult, subscriber, payer);
            subscriber ??= adult;
            yield return (adult, coverages);
        }

        var children = oldest is > 24 and < 52 ? random.Next(0, 4) : 0;
        for (var i = 0; i < children; i++)
        {
            var child = Person(last, random.Next(0, Math.Min(18, oldest - 20)), random.Next(2) == 0);
            Live(child, street, city, zip, language);
            child.MobilePhone = null;
            child.HomePhone = subscriber!.MobilePhone;
            yield return (child, Cover(child, subscriber, payer));
        }
    }

    private Patient Person(string last, int years, bool female)
    {
        var number = made++;
        var born = today.AddYears(-years).AddDays(-random.Next(1, 364));
        var first = Pick(female ? DemoNames.Female : DemoNames.Male);
        var patient = new Patient
        {
            // The number is taken from the sequence when the row is saved.
            RecordNumber = "", RegisteredAt = default, SourceSystem = Source, SourceId = $"{number:00000}",
            FirstName = first, LastName = last, BirthDate = born, Sex = number % 211 == 7 ? "X" : female ? "F" : "M",
            MiddleName = random.Next(3) == 0 ? Pick(female ? DemoNames.Female : DemoNames.Male) : null,
            PreferredName = number % 17 == 3 ? first[..Math.Min(3, first.Length)] : null,
            Suffix = !female && number % 29 == 5 ? "Jr." : null,
            Marital = years < 20 ? null : years < 30 ? "single" : Pick<string?>(["single", "married", "married", "divorced", "widowed", null]),
            MobilePhone = $"555010{number * 7919 % 10000:0000}",
            SsnLast4 = number % 3 == 0 ? null : $"{random.Next(10000):0000}",
        };
        patient.Restricted = number % 331 == 100;
        patient.Alert = number % 23 == 9 ? Pick(DemoNames.Alerts) : null;
        patient.Email = years >= 18 && random.Next(10) < 7 ? $"{Ascii(first)}.{Ascii(last)}{number % 90 + 10}@example.com" : null;
        patient.PreferredChannel = patient.Email is not null && random.Next(3) == 0 ? "email" : "mobile";
        if (years > 78 && number % 6 == 0)
        {
            patient.DeceasedOn = today.AddDays(-random.Next(20, 700));
        }

        return patient;
    }

    private static void Live(Patient patient, string street, string city, string zip, string language) =>
        (patient.Address, patient.City, patient.State, patient.Zip, patient.County, patient.Language) = (street, city, "NY", zip, "Lakeside", language);

    private List<Coverage> Cover(Patient patient, Patient? subscriber, Payer payer)
    {
        if (random.Next(100) < 8)
        {
            return [];
        }

        var coverages = new List<Coverage>();
        var years = Age.Years(patient.BirthDate, today);
        var start = new DateOnly(today.Year, 1, 1);
        if (years >= 65)
        {
            coverages.Add(One(patient, null, payers[0], 1, patient.BirthDate.AddYears(65)));
            if (random.Next(10) < 6)
            {
                coverages.Add(One(patient, null, payer, 2, start));
            }
        }
        else
        {
            var poor = random.Next(100) < 18;
            coverages.Add(One(patient, poor ? null : subscriber, poor ? payers[1] : payer, 1, start));
            if (random.Next(4) == 0 && start.AddYears(-2) > patient.BirthDate)
            {
                var before = One(patient, null, payers[random.Next(2, payers.Count)], 1, start.AddYears(-2));
                before.EffectiveTo = start.AddDays(-1);
                coverages.Add(before);
            }
        }

        return coverages;
    }

    private Coverage One(Patient patient, Patient? subscriber, Payer payer, int rank, DateOnly from)
    {
        var child = subscriber is not null && Age.IsMinor(patient.BirthDate, today);
        var coverage = new Coverage
        {
            PatientId = patient.Id, PayerId = payer.Id, Rank = rank, MemberId = $"{payer.Name[..2].ToUpperInvariant()}{random.Next(100_000_000, 999_999_999)}",
            GroupNumber = rank == 1 && random.Next(2) == 0 ? $"{random.Next(10_000, 99_999)}" : null,
            Relationship = subscriber is null ? "self" : child ? "child" : "spouse",
            PlanType = payer.Name switch { var n when n.StartsWith("Medicare", StringComparison.Ordinal) => "medicare", var n when n.Contains("Medicaid", StringComparison.Ordinal) => "medicaid", var n when n.Contains("HMO", StringComparison.Ordinal) => "hmo", _ => "ppo" },
            CopayOffice = rank == 1 && payer.Name.Length % 3 != 0 ? 20 + (payer.Name.Length % 4 * 5) : null,
            CopaySpecialist = rank == 1 && payer.Name.Length % 3 != 0 ? 40 + (payer.Name.Length % 4 * 5) : null,
            CopayPreventive = rank == 1 && payer.Name.Length % 3 != 0 ? 0 : null,
            // Born during the year: covered from the first day.
            EffectiveFrom = from < patient.BirthDate ? patient.BirthDate : from,
        };
        coverage.HoldBy(subscriber?.AsSubscriber(today));
        return coverage;
    }

    /// <summary>One in twenty is a double name, a few are long.</summary>
    private string LastName() => random.Next(20) switch
    {
        0 => $"{Pick(DemoNames.Last)}-{Pick(DemoNames.Last)}",
        1 when random.Next(4) == 0 => $"van der {Pick(DemoNames.Last)} y {Pick(DemoNames.Last)} de los {Pick(DemoNames.Last)}",
        _ => Pick(DemoNames.Last),
    };

    private static string Ascii(string name) =>
        string.Concat(name.Normalize(System.Text.NormalizationForm.FormD).Where(char.IsAsciiLetter)).ToLowerInvariant() is { Length: > 0 } ascii ? ascii : "patient";

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
#pragma warning restore CA5394
}
