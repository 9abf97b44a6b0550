using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Files;
using Modular.Host.Postgres;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Files;

public sealed class FilesTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task A_file_of_several_chunks_comes_back_as_it_was()
    {
        var content = new byte[700_001];
        new Random(7).NextBytes(content);
        "%PDF-1.7\n"u8.CopyTo(content);

        var file = await Save(content, "letter.pdf");

        Assert.Equal("application/pdf", file.Type);
        Assert.Equal(content, await Read(file.Id));
    }

    [Fact]
    public async Task The_same_content_under_two_names_is_stored_once()
    {
        var content = Encoding.UTF8.GetBytes($"%PDF-1.4 {Guid.NewGuid()}");

        var first = await Save(content, "a.pdf");
        var second = await Save(content, "b.pdf");

        Assert.NotEqual(first.Id, second.Id);
        await using var connection = await Host.North.Database.OpenConnectionAsync();
        var contents = await connection.QueryAsync("select count(*) from core.file_contents where sha256 = $1", [first.Sha256], r => r.GetInt64(0), default);
        Assert.Equal(1, contents[0]);
        Assert.Equal(first.Sha256, second.Sha256);
    }

    [Theory]
    [InlineData("chart.pdf", "<html><script>alert(1)</script></html>")]
    [InlineData("chart.txt", "\n\n <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("chart.csv", "a,b\n<script>alert(1)</script>")]
    [InlineData("chart.txt", "#!/bin/sh\nrm -rf /")]
    [InlineData("logo.svg", "<svg/>")]
    [InlineData("run.js", "alert(1)")]
    [InlineData("tool.exe", "MZ\0\0")]
    [InlineData("table.txt", "text with a \0 in it")]
    public void A_file_is_judged_by_its_content_and_pages_and_scripts_are_refused_whatever_their_name(string name, string content)
    {
        var refused = Assert.Throws<FileRefusedException>(() => FileType.Judge(Encoding.UTF8.GetBytes(content), name));

        Assert.Contains("Accepted are PDF", refused.Message);
    }

    [Theory]
    [InlineData("picture.exe", new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }, "image/jpeg")]
    [InlineData("list.csv", new byte[] { (byte)'a', (byte)',', (byte)'b' }, "text/csv")]
    [InlineData("note.txt", new byte[] { 0xEF, 0xBB, 0xBF, (byte)'a' }, "text/plain")]
    [InlineData("scan.dat", new byte[] { (byte)'I', (byte)'I', 0x2A, 0, 1 }, "image/tiff")]
    public void Accepted_types_are_known_by_their_first_bytes(string name, byte[] head, string type) => Assert.Equal(type, FileType.Judge(head, name));

    [Fact]
    public async Task A_file_above_the_limit_or_empty_is_refused_with_a_sentence()
    {
        var large = await Assert.ThrowsAsync<FileRefusedException>(() => Save(new byte[(20 * 1024 * 1024) + 1], "large.pdf"));
        var empty = await Assert.ThrowsAsync<FileRefusedException>(() => Save([], "empty.pdf"));

        Assert.Equal("large.pdf is larger than 20 MB.", large.Message);
        Assert.Equal("empty.pdf is empty.", empty.Message);
    }

    [Theory]
    [InlineData(@"C:\fakepath\card.png", "card.png")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf")]
    [InlineData("..", "file")]
    public void A_name_cannot_carry_a_path_or_a_header(string sent, string kept) => Assert.Equal(kept, Modular.Host.Files.Files.Clean(sent));

    [Fact]
    public async Task A_file_of_one_location_is_not_there_for_people_of_another()
    {
        Guid id;
        await using (var system = Host.Scope(Host.North))
        {
            id = (await system.ServiceProvider.GetRequiredService<IFiles>().SaveAsync(new MemoryStream("%PDF-1.4 of Lakeside"u8.ToArray()), "lake.pdf",
                new("scheduling.visit.read", LocationId: TestHost.NorthLake))).Id;
        }

        using var lake = await Host.SignInAsync(Host.North, Roles.FrontDesk, [TestHost.NorthLake]);
        using var main = await Host.SignInAsync(Host.North, Roles.FrontDesk, [TestHost.NorthMain]);
        using var everywhere = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        Assert.Equal(HttpStatusCode.OK, (await lake.GetAsync($"/files/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await everywhere.GetAsync($"/files/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await main.GetAsync($"/files/{id}")).StatusCode);

        await using var scope = Host.Person(Host.North, Guid.CreateVersion7(), ["scheduling.visit.read"], [TestHost.NorthMain]);
        Assert.Null(await scope.ServiceProvider.GetRequiredService<IFiles>().FindAsync(id));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => scope.ServiceProvider.GetRequiredService<IFiles>().OpenAsync(id));
    }

    private async Task<StoredFile> Save(byte[] content, string name)
    {
        await using var scope = Host.Scope(Host.North);
        return await scope.ServiceProvider.GetRequiredService<IFiles>().SaveAsync(new MemoryStream(content), name, new("patients.patient.read"));
    }

    private async Task<byte[]> Read(Guid id)
    {
        await using var scope = Host.Scope(Host.North);
        await using var stream = await scope.ServiceProvider.GetRequiredService<IFiles>().OpenAsync(id);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
