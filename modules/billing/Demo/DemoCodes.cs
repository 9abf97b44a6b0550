using Microsoft.EntityFrameworkCore;
using Modular.Billing.Codes;
using Modular.Billing.Fees;

namespace Modular.Billing.Demo;

/// <summary>
/// A few public codes (HCPCS level II, ICD-10-CM) in our own words, with invented prices: enough to charge in the demo practice before real sets
/// are loaded. No CPT: that is licensed.
/// </summary>
internal static class DemoCodes
{
    public static readonly (string Code, string Name, decimal Price)[] Services =
    [
        ("G0463", "Office or clinic visit", 128m), ("G2211", "Visit complexity, ongoing care", 24m), ("G0438", "Annual wellness visit, first", 210m),
        ("G0439", "Annual wellness visit, later", 165m), ("G2012", "Brief check-in by phone or video", 32m), ("G0008", "Giving influenza vaccine",
            38m),
        ("G0009", "Giving pneumococcal vaccine", 38m), ("J1885", "Ketorolac injection, 15 mg", 6.5m), ("J3420", "Vitamin B-12 injection, up to 1,000 mcg", 9m),
        ("G0444", "Depression screening, 15 minutes", 29m), ("G0447", "Obesity counseling, 15 minutes", 34m), ("S0610", "Yearly gynecological exam, new patient", 190m),
    ];

    public static readonly (string Code, string Name)[] Diagnoses =
    [
        ("I10", "Essential hypertension"), ("E119", "Type 2 diabetes without complications"), ("E785", "Hyperlipidemia"), ("J069", "Acute upper respiratory infection"),
        ("M5450", "Low back pain, unspecified"), ("Z0000", "General adult exam without abnormal findings"), ("Z23", "Immunization"), ("F411", "Generalized anxiety disorder"),
        ("J45909", "Asthma, uncomplicated"), ("E039", "Hypothyroidism"), ("R0789", "Other chest pain"), ("S63501A", "Sprain of right wrist, first encounter"),
    ];

    private static readonly DateOnly Since = new(2020, 1, 1);

    public static async Task EnsureAsync(BillingDb db, CancellationToken ct)
    {
        var there = await db.Codes.Select(c => c.System + c.Code).ToListAsync(ct);
        db.AddRange(Services.Select(s => Code("hcpcs", s.Code, s.Name)).Concat(Diagnoses.Select(d => Code("icd10cm", d.Code, d.Name)))
            .Concat(new[] { ("25", "Significant, separate visit the same day"), ("95", "Telehealth by audio and video"), ("59", "Distinct service"), ("JZ", "No drug discarded") }
                .Select(m => Code("modifier", m.Item1, m.Item2))).Where(c => !there.Contains(c.System + c.Code)));
        if (!await db.FeeSchedules.AnyAsync(s => s.Kind == "charge", ct))
        {
            var schedule = new FeeSchedule { Name = "Charges of the practice", Kind = "charge", ValidFrom = Since };
            db.Add(schedule);
            db.AddRange(Services.Select(s => new Fee { ScheduleId = schedule.Id, Code = s.Code, Amount = s.Price }));
        }

        await db.SaveChangesAsync(ct);
    }

    private static BillingCode Code(string system, string code, string name) =>
        new() { System = system, Code = code, ShortName = name, LongName = name, ValidFrom = Since, Find = $" {name} {code}".ToLowerInvariant() };
}
