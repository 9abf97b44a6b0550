using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Frame;
using Modular.Tests.Harness;

namespace Modular.Tests.Settings;

/// <summary>The panels plugin declares a key of a service outside.</summary>
public sealed class SecretTests(PanelsHost panels) : IClassFixture<PanelsHost>
{
    private const string Key = "s3cret-of-the-panel-service";

    [Fact]
    public async Task A_secret_is_typed_once_read_by_the_module_and_shown_to_nobody()
    {
        var host = panels.Host;
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        var page = await owner.PageAsync("/admin/settings/panels");
        Assert.Contains("None is kept", page.QuerySelector("#secrets")!.TextContent, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await owner.SubmitAsync(page, "#secrets", ("password.panels.key", Key))).StatusCode);

        Assert.Equal(Key, await ReadAsync(host.North));
        Assert.Null(await ReadAsync(host.South));
        page = await owner.PageAsync("/admin/settings/panels");
        Assert.Contains("Kept since", page.QuerySelector("#secrets")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, page.Source.Text, StringComparison.Ordinal);
        Assert.Equal(0L, await CountAsync("select count(*) from core.secrets where position($1 in encode(sealed, 'escape')) > 0", Key));
        Assert.Equal(1L, await CountAsync("select count(*) from audit.entries where what = $1", "changed the secret panels.key"));
        Assert.Equal(0L, await CountAsync("select count(*) from audit.entry_values where position($1 in body::text) > 0", Key));
        await AssertNotExportedAsync();

        // A blank field keeps it; only the tick takes it away.
        await owner.SubmitAsync(page, "#secrets");
        Assert.Equal(Key, await ReadAsync(host.North));
        await owner.SubmitAsync(page, "#secrets", ("forget.panels.key", "true"));
        Assert.Null(await ReadAsync(host.North));
    }

    [Fact]
    public async Task A_secret_sealed_with_another_key_counts_as_absent_and_an_undeclared_one_is_a_mistake()
    {
        await using var scope = panels.Host.Scope(panels.Host.South);
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        await (await work.OpenAsync()).ExecuteAsync("insert into core.secrets values ('panels.key', '\\x00112233', now(), 'somebody')", [], default);

        Assert.Null(await ReadAsync(panels.Host.South));
        await Assert.ThrowsAsync<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<ISecrets>().FindAsync("patients.key"));
        await work.Connection.ExecuteAsync("delete from core.secrets", [], default);
    }

    [Fact]
    public async Task The_front_desk_cannot_change_a_secret()
    {
        using var desk = await panels.Host.SignInAsync(panels.Host.North, Roles.FrontDesk);
        var page = await desk.PageAsync("/account");

        var response = await desk.Http.PostAsync("/admin/settings/panels/secrets", new FormUrlEncodedContent(
            [new("password.panels.key", "mine"), new("__RequestVerificationToken", page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value"))]));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private async Task AssertNotExportedAsync()
    {
        var folder = Directory.CreateTempSubdirectory("modular-export-").FullName;
        await PracticeExport.WriteAsync(panels.Host.North, Path.Combine(folder, "out"), default);
        Assert.DoesNotContain("core.secrets.csv", Directory.EnumerateFiles(Path.Combine(folder, "out")).Select(Path.GetFileName));
        Directory.Delete(folder, recursive: true);
    }

    private async Task<string?> ReadAsync(Practice practice)
    {
        await using var scope = panels.Host.Scope(practice);
        return await scope.ServiceProvider.GetRequiredService<ISecrets>().FindAsync("panels.key");
    }

    private async Task<long> CountAsync(string sql, string value)
    {
        await using var command = panels.Host.North.Database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = value });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
