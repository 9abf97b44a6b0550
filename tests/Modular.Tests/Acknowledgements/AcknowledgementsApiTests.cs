using System.Net;
using Modular.Host.Acknowledgements;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Acknowledgements;

/// <summary>A program asks whether somebody signed a version before it lets them do what takes it.</summary>
public sealed class AcknowledgementsApiTests(Readers readers) : IClassFixture<Readers>
{
    [Fact]
    public async Task A_program_is_told_of_each_version_whether_a_person_signed_it()
    {
        using var manager = await readers.Host.SignInAsync(readers.North, Roles.Manager);
        var (one, reader) = await readers.SomebodyAsync(Roles.Supplies);
        using var _ = reader;
        var id = await readers.PublishAsync(manager, Roles.Supplies, "Count the gloves on Mondy.");
        using var api = await ApiClient.ConnectAsync(readers.Host, readers.North, [DocumentKinds.Manage]);
        var key = await readers.North.AskAsync<string>($"select key from core.reading_documents where id = '{id}'");
        var url = $"/api/acknowledgements/core.policy/{one}?key={key}";
        Assert.Equal((1, false), await AskAsync(api, url));
        Assert.Equal(System.Text.Json.JsonValueKind.String, (await api.ReadAsync(url)).GetProperty("dueOn").ValueKind);

        using var signed = await Readers.SignAsync(reader, await readers.AskedAsync(id, one));
        using var small = await Readers.PublishAsync(manager, id, "Count the gloves on Monday.", "A letter was missing", small: true);
        Assert.Equal((2, true), await AskAsync(api, url));
        Assert.Equal((1, true), await AskAsync(api, url + "&version=1"));
        using var large = await Readers.PublishAsync(manager, id, "Count the gloves every day.", "Mondays were not enough");
        Assert.Equal((3, false), await AskAsync(api, url));
        Assert.Equal((2, true), await AskAsync(api, url + "&version=2"));

        foreach (var (strange, status) in new[]
        {
            ($"core.policy/{one}", 422), ($"core.policy/{one}?key={key}&version=4", 422), ($"core.policy/{one}?key={key}&version=0", 422),
            ($"core.policy/{one}?key=none", 404), ($"nobody.nothing/{one}?key={key}", 404), ($"core.policy/{Guid.NewGuid()}?key={key}", 404),
        })
        {
            using var refused = await api.GetAsync($"/api/acknowledgements/{strange}");
            Assert.Equal((HttpStatusCode)status, refused.StatusCode);
        }

        using var other = await ApiClient.ConnectAsync(readers.Host, readers.North, ["core.indicator.read"]);
        using var denied = await other.GetAsync(url);
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
    }

    private static async Task<(int Version, bool Acknowledged)> AskAsync(ApiClient api, string url)
    {
        var body = await api.ReadAsync(url);
        return (body.GetProperty("version").GetInt32(), body.GetProperty("acknowledged").GetBoolean());
    }
}
