using System.Net.Http.Headers;
using System.Text;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Attachments;

/// <summary>A referral at Main Street with a patient of its own, and files put to it as a browser without script would.</summary>
public sealed class ReferralFiles(TestHost host)
{
    public const string Kind = "referrals.referral";

    public Guid Patient { get; private set; } = Guid.CreateVersion7();

    public Guid Row { get; } = Guid.CreateVersion7();

    public string Page => $"/referrals/referrals/{Row}";

    public string Files => $"/attachments/{Kind}/{Row}";

    public async Task<ReferralFiles> PlantAsync(Guid? patient = null)
    {
        Patient = patient ?? Patient;
        await host.North.AskAsync<Guid>($"""
            with s as (insert into referrals.specialists (id, name) values ('{Row}', 'Dr. {Row:N}') returning id)
            insert into referrals.referrals (id, location_id, zone, patient_id, patient_name, specialist_id, specialist_name, reason, urgency, written_on, written_by, form_key, due_on)
            select '{Row}', '{TestHost.NorthMain}', 'America/New_York', '{Patient}', 'Vale, Ada', s.id, 'Dr. New', 'Chest pain', 'routine', '2026-01-05', 'somebody', '{Row}', '2026-01-19' from s returning id
            """);
        return this;
    }

    public Task<HttpResponseMessage> AttachAsync(TestClient person, params (string Name, byte[] Content)[] files) => PostAsync(person, Files, Files, "files", files);

    /// <summary>The one attachment of the referral.</summary>
    public Task<Guid> OneAsync() => host.North.AskAsync<Guid>($"select id from core.attachments where row_id = '{Row}'");

    public static async Task<HttpResponseMessage> PostAsync(TestClient person, string page, string to, string field, (string Name, byte[] Content)[] files, params (string Name, string Value)[] more)
    {
        var token = (await person.PageAsync(page)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" } };
        foreach (var (name, value) in more)
        {
            content.Add(new StringContent(value), name);
        }

        foreach (var (name, bytes) in files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            content.Add(part, field, name);
        }

        return await person.Http.PostAsync(to, content);
    }

    public static byte[] Pdf(string text) => Encoding.Latin1.GetBytes($"%PDF-1.4 {text}");
}
