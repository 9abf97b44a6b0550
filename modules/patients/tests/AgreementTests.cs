using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Patients;
using Modular.Patients.AgreementForms;
using Modular.Patients.Agreements;
using Modular.Patients.Charts;
using Modular.Patients.Imports;
using Modular.Patients.OutsideProviders;
using Modular.Patients.Registrations;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>What patients sign, who sent them, and the consent to texts.</summary>
public sealed class AgreementTests(SharedHost shared)
{
    private static readonly DateOnly Born = new(1948, 1, 5), Day = new(2026, 6, 1);

    private static async Task<HttpResponseMessage> SubmitAsync(TestClient desk, string address, params (string, string)[] typed) =>
        await desk.SubmitAsync(await desk.PageAsync(address), $"form[action='{address}']", typed);

    [Fact(DisplayName = "45 CFR 164.520(c)(2): a notice that was not signed for needs the record of the good-faith try, and then it is done with")]
    public async Task A_notice_not_signed_needs_a_reason()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        var form = new AgreementForm { Kind = AgreementForm.Npp, Title = $"Notice {PatientRows.Tag()}", Edition = "1", InUseFrom = new(2026, 1, 1), Required = true };
        rows.Db.Add(form);
        await rows.Db.SaveChangesAsync();
        var address = $"/patients/agreements/{patient.Id}/add";
        Assert.Contains(form.Title, (await desk.PageAsync($"/patients/charts/{patient.Id}")).Body!.TextContent);

        var refused = await SubmitAsync(desk, address, ("Form.FormId", form.Id.ToString()), ("Form.Outcome", "declined"));
        Assert.Contains("good-faith try", await refused.Content.ReadAsStringAsync());
        var taken = await SubmitAsync(desk, address, ("Form.FormId", form.Id.ToString()), ("Form.Outcome", "declined"), ("Form.Reason", "Offered, would not sign"));

        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        Assert.DoesNotContain(form.Title, (await desk.PageAsync($"/patients/charts/{patient.Id}")).Body!.TextContent);
        Assert.Contains("Declined to sign", (await desk.PageAsync($"/patients/privacy/{patient.Id}")).QuerySelector("#agreements")!.TextContent);
        form.Required = false;
        await rows.Db.SaveChangesAsync();
    }

    [Fact]
    public async Task The_wording_that_somebody_signed_stays_and_a_new_one_is_a_new_edition()
    {
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        var form = new AgreementForm { Kind = "financial", Title = $"Policy {PatientRows.Tag()}", Edition = "1", InUseFrom = new(2026, 1, 1), Body = "Copays are due." };
        rows.Db.AddRange(form, new Agreement { PatientId = patient.Id, FormId = form.Id, SignedOn = new(2026, 2, 1), SignedBy = "Nora", TakenBy = "Desk" });
        await rows.Db.SaveChangesAsync();
        var address = $"/patients/agreement-forms/edit/{form.Id}";

        var refused = await SubmitAsync(manager, address, ("Body", "Copays are due twice."));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Patients signed this edition", await refused.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await SubmitAsync(manager, address, ("InUseTo", "12/31/2026"))).StatusCode);
    }

    [Fact]
    public void A_signature_holds_until_it_runs_out_or_is_revoked()
    {
        var signed = new Agreement { SignedOn = Day, ExpiresOn = Day.AddMonths(12) };

        Assert.Equal([false, true, true, false], new[] { -1, 0, 365, 366 }.Select(d => signed.HoldsOn(Day.AddDays(d))));
        signed.RevokedOn = Day.AddDays(10);
        Assert.False(signed.HoldsOn(Day.AddDays(10)));
        Assert.False(new Agreement { Outcome = "declined", SignedOn = Day, Form = new() { Kind = "financial" } }.SettlesOn(Day), "A declined policy is asked again.");
    }

    [Fact]
    public void Consent_to_texts_belongs_to_its_number_and_day()
    {
        var patient = new Patient { MobilePhone = "5550102233", TextConsent = "yes", TextConsentOn = Day.AddYears(-1), BirthDate = Born };
        PatientForm form(string mobile, string? consent = "yes") =>
            new() { LastName = "Vale", FirstName = "Ada", BirthDate = "1/5/1948", MobilePhone = mobile, TextConsent = consent };

        Assert.Empty(form("5550102233").Apply(patient, Day));
        Assert.Equal(Day.AddYears(-1), patient.TextConsentOn);
        form("5550107777").Apply(patient, Day);
        Assert.Equal(Day, patient.TextConsentOn);
        Assert.Contains(form("").Apply(patient, Day), e => e.Sentence == "Texts need a mobile number.");
    }

    [Fact]
    public void An_import_with_another_number_brings_no_consent_along()
    {
        var here = new PatientForm { MobilePhone = "(555) 010-2233", TextConsent = "yes" };

        Assert.Null(PatientImportColumns.Over(here, new() { MobilePhone = "(555) 010-7777" }).TextConsent);
        Assert.Equal("yes", PatientImportColumns.Over(here, new() { LastName = "Vale" }).TextConsent);
    }

    [Theory]
    [InlineData("1234567893", true)]
    [InlineData("1234567894", false)]
    [InlineData("123456789", false)]
    public void An_NPI_is_checked_by_its_last_digit(string number, bool valid) => Assert.Equal(valid, TypedNpi.IsValid(number));

    [Fact]
    public async Task A_doctor_who_is_not_on_the_list_is_put_on_it_once()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        var doctor = $"Vále {PatientRows.Tag()}, MD";
        var address = $"/patients/care-teams/{patient.Id}";

        await SubmitAsync(desk, address, ("Form.PrimaryCare", doctor), ("Form.ReferredBy", doctor));
        await SubmitAsync(desk, address, ("Form.PrimaryCare", doctor.ToUpperInvariant().Replace('Á', 'A')));

        var listed = await rows.Db.OutsideProviders.SingleAsync(p => p.Name == doctor);
        Assert.Equal(listed.Id, (await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.Id == patient.Id)).PrimaryCareId);
        Assert.Contains(doctor, (await desk.PageAsync($"/patients/charts/{patient.Id}")).QuerySelector("#about")!.TextContent);
        Assert.Contains(doctor, (await desk.PageAsync($"/patients/outside-providers?q={Uri.EscapeDataString(doctor)}")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task The_photo_is_shown_beside_the_name_and_must_be_a_picture()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        var png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PhotoAsync(desk, patient.Id, "photo.txt", "no picture"u8.ToArray())).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await PhotoAsync(desk, patient.Id, "photo.png", png)).StatusCode);

        var shown = (await desk.PageAsync($"/patients/charts/{patient.Id}")).QuerySelector(".banner img")!.GetAttribute("src")!;
        var photo = await desk.GetAsync(shown);
        Assert.StartsWith("image/", photo.Content.Headers.ContentType!.MediaType, StringComparison.Ordinal);
        Assert.NotEqual(png, await photo.Content.ReadAsByteArrayAsync()); // written anew
    }

    [Fact]
    public async Task A_phones_photo_is_kept_upright_small_and_without_where_it_was_taken()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);

        Assert.Equal(HttpStatusCode.Redirect, (await PhotoAsync(desk, patient.Id, "IMG 0412.JPEG", Snapshots.Jpeg(1600, 1200, upright: 6))).StatusCode);

        var id = (await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.Id == patient.Id)).PhotoId!.Value;
        var kept = await (await desk.GetAsync($"/patients/photos/{patient.Id}?v={id:N}")).Content.ReadAsByteArrayAsync();
        using var photo = SkiaSharp.SKBitmap.Decode(kept);
        Assert.Equal((480, 640), (photo.Width, photo.Height));
        Assert.DoesNotContain("Exif", System.Text.Encoding.Latin1.GetString(kept));
        Assert.Contains("HEIC", await (await PhotoAsync(desk, patient.Id, "IMG 0413.HEIC", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0])).Content.ReadAsStringAsync());
        Assert.Equal(id, (await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.Id == patient.Id)).PhotoId);
    }

    [Fact]
    public async Task A_photo_that_was_kept_before_is_shown_as_it_is()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        var old = Snapshots.Jpeg(300, 200, upright: 3);
        await using (var write = await rows.Db.BeginWriteAsync())
        {
            var file = await rows.Services.GetRequiredService<IFiles>().SaveAsync(new MemoryStream(old), "old.jpg", new(PatientsPermissions.OpenRestricted, patient.Id, "photo"));
            (await rows.Db.Patients.SingleAsync(p => p.Id == patient.Id)).PhotoId = file.Id;
            await rows.Db.SaveChangesAsync();
            await write.CommitAsync();
        }

        Assert.Equal(old, await (await desk.GetAsync($"/patients/photos/{patient.Id}")).Content.ReadAsByteArrayAsync());
    }

    private static async Task<HttpResponseMessage> PhotoAsync(TestClient desk, Guid patient, string name, byte[] content)
    {
        var address = $"/patients/photos/{patient}/add";
        var form = (IHtmlFormElement)(await desk.PageAsync(address)).QuerySelector($"form[action='{address}']")!;
        using var body = new MultipartFormDataContent();
        foreach (var (field, value) in FormFields.Of(form))
        {
            body.Add(new StringContent(value), field);
        }

        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        body.Add(file, "Photo", name);
        return await desk.Http.PostAsync(address, body);
    }
}
