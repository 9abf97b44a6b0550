namespace Modular.Tests.Security;

/// <summary>Pages of the patients module.</summary>
public sealed class PatientsSamples : EndpointSamples
{
    private static readonly Guid Row = Guid.Parse("00000000-0000-7000-8000-0000000000f1");
    private static readonly Guid Restricted = Guid.Parse("00000000-0000-7000-8000-0000000000f3");

    public override Task PlantAsync(SampleRows rows) => rows.RunAsync("""
        insert into patients.patients (id, record_number, first_name, last_name, birth_date, sex, registered_at) values (@row, 'S-' || @mark, 'Sample', @mark, '1980-01-01', 'F', now());
        insert into patients.patients (id, record_number, first_name, last_name, birth_date, sex, registered_at, restricted) values (@restricted, 'R-' || @mark, 'Sample', @mark, '1980-01-01', 'F', now(), true);
        insert into patients.payers (id, name) values (@row, @mark);
        insert into patients.coverages (id, patient_id, payer_id, rank, member_id, relationship, effective_from) values (@row, @row, @row, 1, @mark, 'self', '2026-01-01');
        insert into core.file_contents (sha256, length) values (repeat('b', 64), 1);
        insert into core.file_chunks (sha256, number, body) values (repeat('b', 64), 0, 'x');
        insert into core.files (id, sha256, name, type, stored_at) values (@row, repeat('b', 64), @mark || '.txt', 'text/plain', now());
        insert into core.file_owners (file_id, module, permission, patient_id, what) values (@row, 'patients', 'patients.patient.read', @row, 'document');
        insert into patients.documents (id, patient_id, file_id, category, title, dated, added_at, added_by) values (@row, @row, @row, 'other', @mark, '2026-01-01', now(), 'somebody')
        """, ("row", Row), ("restricted", Restricted));

    public override IEnumerable<Sample> All =>
    [
        new("/patients/charts/{id:guid}", $"/patients/charts/{Row}"),
        new("/patients/charts/{id:guid}/edit", $"/patients/charts/{Row}/edit"),
        new("/patients/charts/{id:guid}/unlock", $"/patients/charts/{Restricted}/unlock"),
        new("/patients/coverages/{patientId:guid}/add", $"/patients/coverages/{Row}/add"),
        new("/patients/coverages/{patientId:guid}/{id:guid}/edit", $"/patients/coverages/{Row}/{Row}/edit"),
        new("/patients/coverages/{patientId:guid}/{id:guid}/end", $"/patients/coverages/{Row}/{Row}/end"),
        new("/patients/documents/{patientId:guid}/add", $"/patients/documents/{Row}/add"),
        new("/patients/documents/{patientId:guid}/{id:guid}/edit", $"/patients/documents/{Row}/{Row}/edit"),
        new("/patients/documents/{patientId:guid}/{id:guid}/open", $"/patients/documents/{Row}/{Row}/open"),
    ];
}
