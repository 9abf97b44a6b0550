using FsCheck;
using FsCheck.Fluent;
using Modular.Host.Pdf;
using Modular.Patients.Scans;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients.Scans;

/// <summary>Documents of the inbox and files of the folder, as plain objects.</summary>
public sealed class ScanRuleTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 6, 10, 14, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("modular-scans-");

    private static Scan Fax(int pages)
    {
        var file = new ScanFile { Name = "fax.pdf", Pages = pages, ReceivedAt = Now };
        return Scan.Of(file, new PagesOfFile(Papers.Pdf([.. Enumerable.Range(1, pages).Select(n => $"Page {n}")]), "fax.pdf"), waitHours: 4);
    }

    [Fact(DisplayName = "Law: whatever is split, every page is in one document; joined again, it is as it was")]
    public void Splits_lose_and_double_no_page() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), (byte[] cuts) =>
    {
        var fax = Fax(7);
        fax.Turn(3, 90);
        fax.Drop(5, true);
        var before = fax.InOrder.Select(p => (p.Number, p.Turn, p.Dropped)).ToList();
        var parts = new List<Scan> { fax };
        foreach (var cut in cuts)
        {
            if (parts[cut % parts.Count].SplitAfter((cut % 7) + 1, Now) is { } rest)
            {
                parts.Add(rest);
            }
        }

        var everyOnce = parts.SelectMany(p => p.Pages).Select(p => p.Number).Order().SequenceEqual(Enumerable.Range(1, 7));
        var told = parts.All(p => p.Pages.Count > 0 && p.FirstPage == p.Pages.Min(x => x.Number) && p.Pages.All(x => x.ScanId == p.Id));
        foreach (var part in parts.Skip(1).OrderByDescending(p => p.FirstPage))
        {
            part.JoinTo(parts.Where(p => p.FirstPage < part.FirstPage).MaxBy(p => p.FirstPage)!);
        }

        return everyOnce && told && fax.InOrder.Select(p => (p.Number, p.Turn, p.Dropped)).SequenceEqual(before);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_is_split_off_after_the_last_page() => Assert.Null(Fax(2).SplitAfter(2, Now));

    [Fact]
    public void Four_turns_to_one_side_are_none_and_left_takes_right_back()
    {
        var fax = Fax(2);
        fax.Turn(null, 90);
        fax.Turn(1, 270);
        Assert.Equal([new(1, 0), new(2, 90)], fax.Kept);

        fax.Turn(2, 90);
        fax.Turn(2, 90);
        fax.Turn(2, 90);
        Assert.Equal([new(1, 0), new(2, 0)], fax.Kept);
    }

    [Fact]
    public void A_page_that_is_left_out_is_told_in_the_log_and_comes_back()
    {
        var fax = Fax(3);
        fax.Drop(2, true);
        Assert.Equal(("2", 2), (fax.LeftOut, fax.Kept.Count));

        fax.Drop(2, false);
        Assert.Equal((null, 3), (fax.LeftOut, fax.Kept.Count));
    }

    [Fact]
    public void A_document_is_work_of_the_front_desk_when_its_hours_are_over_and_none_when_it_is_filed()
    {
        var (open, role) = (ScanQueue.Work.Open.Compile(), ScanQueue.Work.Role!.Compile());
        var fax = Fax(1);
        fax.NoteTime(Now.AddHours(4));
        Assert.Null(role(fax));
        fax.NoteTime(Now.AddHours(4).AddMinutes(1));
        Assert.Equal((true, Roles.FrontDesk, "File fax.pdf"), (open(fax), role(fax), ScanQueue.Work.Title(fax)));

        fax.File(Guid.CreateVersion7(), Guid.CreateVersion7(), Actor.System("test"), Now.AddHours(5));
        Assert.False(open(fax));
    }

    [Theory]
    [InlineData(100, 0, 10, true)]
    [InlineData(100, 0, 9, false)]    // too soon to know
    [InlineData(101, 0, 60, false)]   // it grew
    [InlineData(100, 1, 60, false)]   // it was written to again
    [InlineData(0, 0, 60, false)]     // nothing in it yet
    public void A_file_is_taken_when_it_has_stopped_growing(long length, int writtenLater, int secondsLater, bool settled)
    {
        var first = new SeenFile("fax.pdf", length == 0 ? 0 : 100, Now);
        var sighting = new ScanSighting();
        sighting.Note(first, Now);

        Assert.Equal(settled, sighting.Settled(new("fax.pdf", length, Now.AddSeconds(writtenLater)), Now.AddSeconds(secondsLater)));
    }

    [Fact]
    public void A_file_that_grows_is_watched_from_its_last_change_on()
    {
        var sighting = new ScanSighting();
        sighting.Note(new("fax.pdf", 100, Now), Now);
        var grown = new SeenFile("fax.pdf", 200, Now.AddSeconds(8));
        sighting.Note(grown, Now.AddSeconds(9));

        Assert.False(sighting.Settled(grown, Now.AddSeconds(12)));
        Assert.True(sighting.Settled(grown, Now.AddSeconds(19)));
    }

    [Theory]
    [InlineData("fax 0412.pdf")]
    [InlineData("fax..%2f..%2fetc.pdf")]
    [InlineData("Ünïcödé 'quoted\" $(rm -rf) `x`.PDF")]
    [InlineData("a\nb.pdf")]
    [InlineData("-rf.pdf")]
    public async Task A_file_of_any_name_is_taken_and_put_nowhere_else(string name)
    {
        var folder = new ScanFolder(Path.Combine(root.FullName, "main"));
        folder.Make();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, name), "scan");
        Assert.Equal(name, Assert.Single(folder.Arrived()).Name);

        Assert.True(folder.Take(name));
        Assert.False(folder.Take(name));

        var taken = Assert.Single(folder.Taken());
        Assert.Equal(name, taken.Name);
        Assert.Equal("scan"u8.ToArray(), await taken.ReadAsync(default));
        taken.Refuse();
        Assert.Equal(Path.Combine(folder.Path, "refused", name), Directory.GetFiles(root.FullName, "*", SearchOption.AllDirectories).Single());
    }

    [Fact]
    public void A_name_as_long_as_names_may_be_is_taken()
    {
        var folder = new ScanFolder(Path.Combine(root.FullName, "main"));
        folder.Make();
        var name = string.Concat(Enumerable.Repeat("ü", 125)) + ".pdf";
        File.WriteAllText(Path.Combine(folder.Path, name), "scan");

        Assert.True(folder.Take(name));
        Assert.EndsWith(".pdf", Assert.Single(folder.Taken()).Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_never_followed()
    {
        var folder = new ScanFolder(Path.Combine(root.FullName, "main"));
        folder.Make();
        var secret = Path.Combine(root.FullName, "secret.pdf");
        await File.WriteAllTextAsync(secret, "secret");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "fax.pdf"), secret);

        Assert.True(folder.Take(Assert.Single(folder.Arrived()).Name));
        await Assert.ThrowsAsync<FileRefusedException>(() => Assert.Single(folder.Taken()).ReadAsync(default));
        Assert.Equal("secret", await File.ReadAllTextAsync(secret));
    }

    [Theory]
    [InlineData("")]
    [InlineData("taking")]
    [InlineData("refused")]
    public void A_folder_that_is_a_link_to_elsewhere_is_not_watched(string part)
    {
        var folder = new ScanFolder(Path.Combine(root.FullName, "main"));
        folder.Make();
        Assert.True(folder.Exists);
        Directory.Move(Path.Combine(folder.Path, part), Path.Combine(root.FullName, "elsewhere"));
        Directory.CreateSymbolicLink(Path.Combine(root.FullName, "main", part).TrimEnd('/'), Path.Combine(root.FullName, "elsewhere"));

        Assert.False(folder.Exists);
    }

    [Fact]
    public void Half_written_files_and_what_desktops_leave_are_passed_over()
    {
        var folder = new ScanFolder(Path.Combine(root.FullName, "main"));
        folder.Make();
        foreach (var name in new[] { ".DS_Store", "~fax.pdf", "fax.pdf.part", "fax.tmp", "fax.pdf" })
        {
            File.WriteAllText(Path.Combine(folder.Path, name), "x");
        }

        Assert.Equal("fax.pdf", Assert.Single(folder.Arrived()).Name);
    }

    public void Dispose() => root.Delete(recursive: true);
}
