using Microsoft.Playwright;
using Modular.Journeys.Harness;
using Modular.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>A newcomer opens the printed link, sets the practice up, brings the patients of the old system and works through the first visit.</summary>
public sealed class FirstRunAndImport(Browser browser, Office office)
{
    private const string Password = "kettle on the windowsill";

    private static readonly string[] Rows =
    [
        "Patient ID,Last,First,DOB,Gender,Mobile,Street,City,ST,ZIP",
        "old-1,Zqalder,Maria,1948-01-05,F,555-010-4471,18 Alder Ct,Fairhaven,OH,44001",
        "old-2,Zqbirch,Owen,03/14/1990,M,,2 Birch Ln,Fairhaven,OH,44001",
        "old-3,Zqcedar,Ines,2015-13-40,F,,3 Cedar Rd,Fairhaven,OH,44001",
        "old-4,Zqdogwood,Noor,2001-07-30,F,,4 Dogwood St,Fairhaven,OH,44001",
    ];

    [Fact]
    public async Task A_newcomer_sets_up_the_practice_imports_patients_and_sees_the_first_one_through_a_visit()
    {
        await using var desk = await SetUpAsync("first-start");
        await desk.Page.GotoAsync("/admin/imports");
        await desk.AssertAccessibleAsync();
        await LoadAsync(desk, new() { Name = "old system.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(string.Join("\r\n", Rows)) });

        // The dry run changes nothing and names what is wrong; the refused row comes back as a file.
        await Expect(Tile(desk, "Would be new")).ToHaveTextAsync("3");
        await Expect(Tile(desk, "Refused")).ToHaveTextAsync("1");
        await Expect(desk.Page.Locator("table")).ToContainTextAsync("2015-13-40");
        await desk.AssertAccessibleAsync();
        var file = await desk.Page.RunAndWaitForDownloadAsync(() => desk.ChooseAsync("Refused rows as a file"));
        var refused = await File.ReadAllTextAsync(await file.PathAsync());
        Assert.Contains("Zqcedar", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("Zqalder", refused, StringComparison.Ordinal);

        var import = desk.Page.Url;
        await desk.ChooseAsync("Import 3 rows");
        await Expect(desk.Page.Locator("#import .bar .tag")).ToHaveTextAsync("Imported");
        await SeeThroughAVisitAsync(desk, "zqalder", "Zqalder, Maria");

        // Taking the import back leaves the patient who was seen, and says why.
        await desk.Page.GotoAsync(import);
        await desk.ChooseAsync("Take the import back");
        await desk.Page.Locator("dialog").GetByText("Take the import back").Last.ClickAsync();
        await Expect(Tile(desk, "Taken back")).ToHaveTextAsync("2");
        await Expect(desk.Page.Locator("table")).ToContainTextAsync("Maria Zqalder");
        await desk.AssertAccessibleAsync();
        desk.AssertQuiet();
    }

    [Fact]
    public async Task The_patients_of_the_sample_files_come_in_whole_and_can_be_booked()
    {
        var sample = Repository.Sample("csv/patients.csv");
        Assert.SkipWhen(sample is null, "The sample data is not here.");
        await using var desk = await SetUpAsync("sample-start");
        await desk.Page.GotoAsync("/admin/imports");
        await LoadAsync(desk, new() { Name = "patients.csv", MimeType = "text/csv", Buffer = await File.ReadAllBytesAsync(sample!) });
        await Expect(Tile(desk, "Would be new")).ToHaveTextAsync("27");
        await desk.ChooseAsync("Import 27 rows");
        await Expect(desk.Page.Locator("#import .bar .tag")).ToHaveTextAsync("Imported");
        await SeeThroughAVisitAsync(desk, "mos 100614", "Mosciski958, Maynard46");
        desk.AssertQuiet();
    }

    /// <summary>The printed link, the owner, and what has to be there before anybody can be booked.</summary>
    private async Task<Desk> SetUpAsync(string slug)
    {
        var (practice, link) = await office.EmptyPracticeAsync(slug);
        var desk = await Desk.OpenAsync(browser, office.Host, practice);
        await desk.Page.GotoAsync(link);
        await desk.AssertAccessibleAsync();
        await desk.FillAsync("Practice", "Harbor Family Practice");
        await desk.FillAsync("Location", "Harbor Street");
        await desk.FillAsync("Name", "Amara Cole");
        await desk.FillAsync("SignInName", "amara");
        await desk.FillAsync("Password", Password);
        await desk.ChooseAsync("Create the practice");
        await Expect(desk.Page.Locator(".brand")).ToContainTextAsync("Harbor Family Practice");

        await desk.Page.GotoAsync("/admin/staff/edit");
        await desk.FillAsync("FirstName", "Sofia");
        await desk.FillAsync("LastName", "Marin");
        await desk.FillAsync("Credentials", "DO");
        await desk.Page.GetByLabel("Patients are booked with this person").CheckAsync();
        await desk.ChooseAsync("Save");
        await desk.Page.GotoAsync("/scheduling/types");
        await desk.ChooseAsync("Add type");
        await desk.FillAsync("Name", "Follow-up");
        await desk.ChooseAsync("Save type");
        await Expect(desk.Page.Locator("main table")).ToContainTextAsync("Follow-up");
        await desk.AssertAccessibleAsync();

        await desk.OpenUntilAsync("/scheduling/hours", "#Week_0__Opens");
        for (var day = 0; day < 7; day++)
        {
            await desk.Page.Locator($"#Week_{day}__Opens").FillAsync("8");
            await desk.Page.Locator($"#Week_{day}__Closes").FillAsync("6p");
        }

        await desk.AssertAccessibleAsync();
        await desk.ChooseAsync("Save hours");
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("Sofia Marin saved");
        return desk;
    }

    private static async Task LoadAsync(Desk desk, FilePayload file)
    {
        await desk.Page.Locator("#kind").SelectOptionAsync(new SelectOptionValue { Label = "Patients" });
        await desk.Page.Locator("#file").SetInputFilesAsync(file);
        await desk.ChooseAsync("Load file");
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Choose the columns");
        await desk.AssertAccessibleAsync();
        await desk.ChooseAsync("Check the file");
        await Expect(desk.Page.Locator("#import .bar .tag")).ToHaveTextAsync("Checked, not imported");
    }

    private static async Task SeeThroughAVisitAsync(Desk desk, string typed, string name)
    {
        await desk.Page.GotoAsync("/patients");
        await desk.Page.Locator("#q").FillAsync(typed);
        await Expect(desk.Page.Locator("#patients tbody tr")).ToHaveCountAsync(1);
        await desk.ChooseAsync(name);
        await desk.ChooseAsync("Book visit");
        await Expect(desk.Page.Locator("#drawer")).ToContainTextAsync("Book a visit");
        await desk.AssertAccessibleAsync();
        await desk.Page.Locator("#drawer footer button").ClickAsync();
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("booked:");

        await desk.Page.GotoAsync("/scheduling/days");
        var row = desk.Page.Locator("#day .slot").Filter(new() { HasText = name });
        await row.GetByText("Arrive").ClickAsync();
        await Expect(row.Locator(".tag")).ToHaveTextAsync("Here");
        await row.GetByText("Check out").ClickAsync();
        await Expect(row.Locator(".tag")).ToHaveTextAsync("Done");
        await desk.AssertAccessibleAsync();
    }

    private static ILocator Tile(Desk desk, string name) =>
        desk.Page.Locator(".tile").Filter(new() { Has = desk.Page.Locator("small").GetByText(name, new() { Exact = true }) }).Locator("strong");
}
