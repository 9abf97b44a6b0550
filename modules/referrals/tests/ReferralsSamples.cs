using Modular.Tests.Harness;

namespace Modular.Tests.Security;

/// <summary>Pages of the referrals module.</summary>
public sealed class ReferralsSamples : EndpointSamples
{
    private static readonly Guid Row = Guid.Parse("00000000-0000-7000-8000-0000000000f5");

    public override Task PlantAsync(SampleRows rows) => rows.RunAsync("""
        insert into referrals.patients (id, version, record_number, name, birth_date, sex, active, find) values (@row, 1, 'R-1', @mark, '1980-01-01', 'F', true, ' ' || lower(@mark));
        insert into referrals.providers (id, version, name, active) values (@row, 1, @mark, true);
        insert into referrals.coverages (id, version, patient_id, line, rank, payer, member_id, effective_from) values (@row, 1, @row, 'medical', 1, @mark, 'M1', '2026-01-01');
        insert into referrals.specialists (id, name, fax) values (@row, @mark, '5550100009');
        insert into referrals.referrals (id, location_id, zone, patient_id, patient_name, specialist_id, specialist_name, reason, urgency, coverage_id, written_on, written_by, form_key, due_on)
            values (@row, @place, 'America/New_York', @row, @mark, @row, @mark, @mark, 'routine', @row, '2026-01-05', @mark, @row, '2026-01-19')
        """, ("row", Row), ("place", TestHost.NorthMain));

    public override IEnumerable<Sample> All =>
    [
        new("/referrals/referrals/patients", "/referrals/referrals/patients?patientName=mark"),
        new("/referrals/referrals/coverages", $"/referrals/referrals/coverages?patient={Row}"),
        new("/referrals/referrals/write", $"/referrals/referrals/write?patient={Row}"),
        .. new[] { "", "/edit", "/check", "/send", "/book", "/tell", "/see", "/reply", "/link", "/end" }
            .Select(step => new Sample($"/referrals/referrals/{{id:guid}}{step}", $"/referrals/referrals/{Row}{step}") { AtMainStreet = true }),
        new("/referrals/letters/{id:guid}", $"/referrals/letters/{Row}") { AtMainStreet = true },
        new("/referrals/specialists/find", "/referrals/specialists/find?specialistName=mark"),
        new("/referrals/specialists/edit/{id:guid?}", $"/referrals/specialists/edit/{Row}"),
    ];
}
