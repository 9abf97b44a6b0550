using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Practices;
using Modular.Patients;
using Modular.Patients.Scans;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients.Scans;

/// <summary>People at the inbox, through its pages.</summary>
internal static class ScanDesks
{
    /// <summary>Adds files by the button; their names are the test's own.</summary>
    public static async Task<HttpResponseMessage> AddAsync(this TestClient desk, params (string Name, byte[] Content)[] files)
    {
        var form = (IHtmlFormElement)(await desk.PageAsync("/patients/scans/add")).QuerySelector("form[action='/patients/scans/add']")!;
        using var body = new MultipartFormDataContent();
        foreach (var (field, value) in FormFields.Of(form))
        {
            body.Add(new StringContent(value), field);
        }

        foreach (var (name, content) in files)
        {
            var file = new ByteArrayContent(content);
            file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
            body.Add(file, "Files", name);
        }

        return await desk.Http.PostAsync("/patients/scans/add", body);
    }

    public static async Task<Scan> WaitingAsync(this TestClient desk, PatientRows rows, params string[] pages)
    {
        var name = $"{PatientRows.Tag()}.pdf";
        await desk.AddAsync((name, Papers.Pdf([.. pages.Select(p => $"{p} {name}")])));
        return await rows.Db.Scans.AsNoTracking().Include(s => s.Pages).SingleAsync(s => s.Name == name);
    }

    public static async Task<HttpResponseMessage> ArrangeAsync(this TestClient desk, Guid scan, string does, int page, params (string, string)[] typed)
    {
        var inbox = await desk.PageAsync($"/patients/scans?scan={scan}");
        return await desk.ArrangeAsync(inbox, scan, does, page, typed);
    }

    public static async Task<HttpResponseMessage> ArrangeAsync(this TestClient desk, IHtmlDocument inbox, Guid scan, string does, int page, params (string, string)[] typed)
    {
        var fields = FormFields.Of((IHtmlFormElement)inbox.QuerySelector("#scan-work")!);
        foreach (var (name, value) in typed.Concat([("does", does), ("Page", $"{page}")]))
        {
            fields.RemoveAll(f => f.Key == name);
            fields.Add(new(name, value));
        }

        return await desk.Http.PostAsync($"/patients/scans/{scan}/arrange", new FormUrlEncodedContent(fields));
    }

    public static Task<HttpResponseMessage> FileAsync(this TestClient desk, IHtmlDocument inbox, Guid patient, params (string, string)[] typed) =>
        desk.SubmitAsync(inbox, "#scan-work", [("PatientId", $"{patient}"), ("PatientName", "chosen"), .. typed]);

    public static Task<IHtmlDocument> InboxAsync(this TestClient desk, Guid scan) => desk.PageAsync($"/patients/scans?scan={scan}");

    /// <summary>A way back needs no form of its own: a token of any page will do.</summary>
    public static async Task<HttpResponseMessage> ReturnAsync(this TestClient desk, Guid scan)
    {
        var token = FormFields.Of((IHtmlFormElement)(await desk.PageAsync("/patients/scans/add")).QuerySelector("form[action='/patients/scans/add']")!).First(f => f.Key.StartsWith("__", StringComparison.Ordinal));
        return await desk.Http.PostAsync($"/patients/scans/{scan}/return", new FormUrlEncodedContent([token]));
    }
}

/// <summary>A host process that looks into a folder of the test's own, at a time that the test sets.</summary>
internal sealed class FolderWatch(TestHost host, Practice practice, DirectoryInfo root, TimeProvider clock) : IAsyncDisposable, IFolders, ISettings<PatientsSettings>
{
    private readonly PatientRows rows = new(host, practice);

    public ScanFolder Folder => ScanFolder.Of(this, practice.Locations.First(l => l.Id == TestHost.NorthMain));

    public ScanIntake Intake => new(rows.Db, rows.Services.GetRequiredService<IFiles>(), rows.Services.GetRequiredService<IPdf>(), this, rows.Services.GetRequiredService<IMessageBus>(), rows.Services.GetRequiredService<ILive>(), Actor.System("Scan folders"), clock);

    public Task LookAsync() =>
        new WatchScanFoldersHandler(rows.Db, Intake, this, practice, rows.Services.GetRequiredService<ILive>(), clock).HandleAsync(new(), default);

    public string PathOf(string name) => Path.Combine(root.FullName, name);

    public ValueTask<PatientsSettings> GetAsync(Guid? locationId = null, CancellationToken ct = default) => new(new PatientsSettings());

    public ValueTask DisposeAsync() => rows.DisposeAsync();
}
