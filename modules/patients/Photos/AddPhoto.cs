using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Photos;

/// <summary>The picture that tells two patients of one name apart.</summary>
public sealed class AddPhoto(PatientsDb db, IAccessLog log, IPractice practice, IFiles files, IPictures pictures, IMessageBus bus)
    : PatientSlice(db, log, practice)
{
    /// <summary>Dots: sharp at the size it is looked at to tell two people apart, and a few dozen kilobytes.</summary>
    private const int LongestSide = 640;

    public sealed record Model(Patient Patient, IFormFile? Photo = null);

    [HttpGet("/patients/photos/{patientId:guid}/add")]
    [Needs(PatientsPermissions.Edit)]
    public async Task<IActionResult> Get([Patient("photo")] Guid patientId, CancellationToken ct) =>
        await OpenAsync(patientId, ct) is { } patient ? Page(new Model(patient)) : Gone();

    [HttpPost("/patients/photos/{patientId:guid}/add")]
    [Needs(PatientsPermissions.Edit)]
    public async Task<IActionResult> Post([Patient("photo")] Guid patientId, IFormFile? photo, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        if (photo is not { Length: > 0 })
        {
            Refuse("Photo", "Choose or take a picture.");
            return Invalid(new Model(patient));
        }

        SmallPicture small;
        try
        {
            await using var content = photo.OpenReadStream();
            small = await pictures.ShrinkAsync(content, photo.FileName, LongestSide, ct);
        }
        catch (FileRefusedException refused)
        {
            Refuse("Photo", refused.Message);
            return Invalid(new Model(patient));
        }

        await using var write = await Db.BeginWriteAsync(ct);
        var stored = await files.SaveAsync(new MemoryStream(small.Content), small.Name, new(PatientsPermissions.OpenRestricted, patientId, "photo"), ct);
        patient.PhotoId = stored.Id;
        await Db.SaveAndTellAsync(bus, [patient], Today, ct);
        await write.CommitAsync(ct);
        return Done($"/patients/charts/{patientId}", $"Photo of {patient.FullName} saved.");
    }

    /// <summary>The picture itself, as small as it was stored; pages show it beside the name.</summary>
    [HttpGet("/patients/photos/{patientId:guid}")]
    [Needs(PatientsPermissions.Read)]
    public async Task<IActionResult> Show([Patient("photo")] Guid patientId, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return NotFound();
        }

        if (patient.PhotoId is not { } photo || await files.FindAsync(photo, ct) is not { } file)
        {
            return NotFound();
        }

        Response.Headers.XContentTypeOptions = "nosniff";
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        // The address carries the photo's id, so a new photo is another address.
        Response.Headers.CacheControl = "private, max-age=3600";
        return File(await files.OpenAsync(file.Id, ct), file.Type);
    }
}
