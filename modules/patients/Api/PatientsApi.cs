using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Search;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Api;

/// <summary>Patients for programs: find, read, register, change. Finding, break-glass and the rules of the forms are those of the pages.</summary>
public sealed class PatientsApi(PatientsDb db, IAccessLog log, IPractice practice, Registrar registrar, ChartEditor editor) : ApiSlice
{
    private sealed record Place(string Name, Guid Id);

    private DateOnly Today => WallTime.Today(Clock, practice.Zone);

    [HttpGet("/api/patients")]
    [Needs(PatientsPermissions.Read), Description("Patients by name; with q those who match, found as the find box finds them.")]
    [ProducesResponseType<ApiPage<FoundPatient>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Find(ApiListQuery query, [Description("Words of a name, a birth date, a phone or record number, in any order.")] string? q, CancellationToken ct)
    {
        var question = q ?? "";
        var after = HttpContext.Read<Place>(query, question);
        var rows = await new PatientList(db, practice, Clock).MatchingAsync(q, all => all, ct);
        if (after is { } last)
        {
            rows = rows.Where(p => EF.Functions.GreaterThan(ValueTuple.Create(EF.Functions.Collate(p.SortName, "C"), p.Id), ValueTuple.Create(last.Name, last.Id)));
        }

        var found = await rows.AsNoTracking().OrderBy(p => EF.Functions.Collate(p.SortName, "C")).ThenBy(p => p.Id).Take(query.Take()).ToListAsync(ct);
        var page = HttpContext.Page(query, question, found, p => new Place(p.SortName, p.Id), p => FoundPatient.Of(p, Today));
        log.Listed([.. page.Items.Select(p => p.Id)], "patient list, to a program");
        return Ok(page);
    }

    [HttpGet("/api/patients/{id:guid}")]
    [Needs(PatientsPermissions.Read), Description("One patient. 403 for a restricted chart; 410 with mergedInto for a record that was merged.")]
    [ProducesResponseType<PatientBody>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status304NotModified), ProducesResponseType(StatusCodes.Status404NotFound), ProducesResponseType(StatusCodes.Status410Gone)]
    public async Task<IActionResult> Get([Patient("patient, to a program")] Guid id, CancellationToken ct) =>
        await db.Patients.FirstOrDefaultAsync(p => p.Id == id, ct) is { } patient ? Shown(await BodyAsync(patient, ct), patient.Version) : await GoneAsync(id, ct);

    [HttpPost("/api/patients")]
    [Needs(PatientsPermissions.Edit), Description("Registers a patient. 409 with the ids of records that look like this person: send anyway when it is somebody else.")]
    [ProducesResponseType<PatientBody>(StatusCodes.Status201Created), ProducesResponseType(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Register([FromBody] NewPatient patient, CancellationToken ct)
    {
        if (patient.Unknown.Any())
        {
            return Invalid(patient.Unknown);
        }

        var outcome = await registrar.RegisterAsync(patient.Fill(new()), Today, ct);
        if (outcome.Registered is { } registered)
        {
            log.Viewed(registered.Id, "patient registered by a program");
            return Added($"/api/patients/{registered.Id}", await BodyAsync(registered, ct), registered.Version);
        }

        if (outcome.Errors.Count > 0)
        {
            return Invalid(outcome.Errors.Select(e => KeyValuePair.Create(e.Field, e.Sentence)));
        }

        log.Listed([.. outcome.Same.Select(p => p.Id)], "possible duplicates at registration");
        return ApiProblem.Of(StatusCodes.Status409Conflict, "A record that looks like this person is here already.",
            more: new Dictionary<string, object?> { ["same"] = outcome.Same.Select(p => p.Id) });
    }

    [HttpPatch("/api/patients/{id:guid}")]
    [Needs(PatientsPermissions.Edit), Description("Changes what is sent and leaves the rest; null empties a field. 403 for a restricted chart; 410 with mergedInto for a record that was merged.")]
    [ProducesResponseType<PatientBody>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status404NotFound), ProducesResponseType(StatusCodes.Status410Gone)]
    [ProducesResponseType(StatusCodes.Status412PreconditionFailed), ProducesResponseType(StatusCodes.Status428PreconditionRequired)]
    public async Task<IActionResult> Change([Patient("details, to a program")] Guid id, [FromBody] ChangedPatient change, CancellationToken ct)
    {
        if (IfMatch is not { } version)
        {
            return VersionNeeded();
        }

        if (await db.Patients.FirstOrDefaultAsync(p => p.Id == id, ct) is not { } patient)
        {
            return await GoneAsync(id, ct);
        }

        if (patient.Version != version)
        {
            return Outdated("Somebody changed this patient since you read it. Read it again.");
        }

        if (change.Unknown.Any())
        {
            return Invalid(change.Unknown);
        }

        var errors = await editor.ChangeAsync(patient, change.Fill(await editor.FormAsync(patient, ct)), Today, ct);
        return errors.Count > 0 ? Invalid(errors.Select(e => KeyValuePair.Create(e.Field, e.Sentence))) : Shown(await BodyAsync(patient, ct), patient.Version);
    }

    private async Task<PatientBody> BodyAsync(Patient patient, CancellationToken ct) =>
        PatientBody.Of(patient, Today, (await db.ToldAsync([patient], Today, ct))[0].Guarantor);

    private async Task<ActionResult> GoneAsync(Guid id, CancellationToken ct) => await MergedRecord.FindAsync(db, id, ct) is { } kept
        ? ApiProblem.Of(StatusCodes.Status410Gone, "This record was merged into another.", more: new Dictionary<string, object?> { ["mergedInto"] = kept })
        : Missing();
}
