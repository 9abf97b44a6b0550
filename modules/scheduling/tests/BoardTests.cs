using System.Net;
using AngleSharp.Dom;
using Modular.Scheduling.Board;
using Modular.Scheduling.FreeTime;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>The day board: what stands where, and what its marks say.</summary>
[Collection(typeof(AtTheClinic))]
public sealed class BoardTests(Clinic clinic)
{
    private static readonly string At = $"location={TestHost.NorthMain}";

    private static readonly string Day = $"/scheduling/board/2026-06-18?{At}";

    [Fact]
    public async Task A_visit_stands_in_its_providers_column_at_its_time_as_long_as_it_lasts()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Placed");
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(18, "09:30")));

        var shown = await VisitAsync(desk, provider, visit);

        var first = int.Parse((await desk.PageAsync(Day)).QuerySelector("#board")!.GetAttribute("data-first")!, null);
        Assert.Contains($"t-{(570 - first) / 5}", shown.ClassList);
        Assert.Contains("d-4", shown.ClassList);
        Assert.Contains("Unconfirmed, 9:30 am", shown.TextContent);
    }

    [Fact]
    public async Task Two_visits_at_once_stand_side_by_side()
    {
        var (desk, provider, _) = await DeskAsync("Dr. Beside");
        var patients = await clinic.AddPatientsAsync(2);
        var one = await clinic.BookAsync(desk, Clinic.Form(patients[0], clinic.FollowUp, provider, Clinic.At(18, "09:00")));
        var two = await clinic.BookAsync(desk, Clinic.Form(patients[1], clinic.FollowUp, provider, Clinic.At(18, "09:10"), null, ("OverbookReason", "Worried")));

        Assert.Contains("lane-1", (await VisitAsync(desk, provider, one)).ClassList);
        Assert.Contains("lane-2", (await VisitAsync(desk, provider, two)).ClassList);
    }

    [Fact]
    public async Task A_visit_dropped_on_another_column_moves_there_and_a_refused_one_comes_back_as_the_form()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. From");
        var other = await clinic.AddProviderAsync("Dr. To");
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(18, "11:00")));

        Assert.Equal(HttpStatusCode.Redirect, (await clinic.StepAsync(desk, visit, "move", null, Dropped(other, "11:30 am"))).StatusCode);
        var refused = await clinic.StepAsync(desk, visit, "move", null, Dropped(other, "7:00 pm"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Dr. To has no hours at 7:00 pm", await Clinic.ErrorsAsync(refused));
        Assert.NotNull(await VisitAsync(desk, other, visit));
    }

    [Fact]
    public async Task The_room_board_shows_the_room_and_a_drop_there_takes_it()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Roomy");
        var room = await clinic.AddRoomAsync($"Room {Guid.NewGuid().ToString()[..4]}", TestHost.NorthMain);
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(18, "13:00")));

        await clinic.StepAsync(desk, visit, "move", null, [.. Dropped(provider, "1:00 pm"), ("Room", $"{room}")]);

        var page = await desk.PageAsync($"{Day}&by=rooms");
        Assert.NotNull(page.QuerySelector($"#lane-{room:N} #v-{visit:N}"));
    }

    [Fact]
    public async Task What_is_cut_stays_until_it_is_pasted_on_another_day()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Cut");
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(18, "14:00")));
        await clinic.PostAsync(desk, $"/scheduling/appointments/{visit}", $"/scheduling/board/clipboard/{visit}");

        var held = (await desk.PageAsync($"/scheduling/board/2026-06-19?{At}")).QuerySelector($"[data-held='{visit}']");
        Assert.Contains("Jun 18, 2:00 pm", held!.TextContent);
        Assert.NotNull(await VisitAsync(desk, provider, visit));

        await clinic.StepAsync(desk, visit, "move", null, [.. Dropped(provider, "9:00 am").Where(v => v.Item1 != "Date"), ("Date", "2026-06-19")]);
        Assert.Equal(0L, await clinic.AskAsync<long>($"select count(*) from scheduling.clipboard where visit_id = '{visit}'"));
    }

    [Fact]
    public async Task The_note_of_the_day_is_read_by_all_and_the_later_writer_sees_the_earlier()
    {
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        var url = $"/scheduling/board/note/{TestHost.NorthMain}/2026-06-22";
        await clinic.PostAsync(desk, url, url, ("Form.Version", "0"), ("Form.Text", "Fire drill at 3"));

        var second = await clinic.PostAsync(desk, url, url, ("Form.Version", "0"), ("Form.Text", "Phones are down"));

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var both = await TestClient.ParseAsync(await second.Content.ReadAsStringAsync());
        Assert.Equal(["Fire drill at 3", "Phones are down"], both.QuerySelectorAll("#conflict td").Select(c => c.TextContent.Trim()));
        Assert.Contains("Fire drill at 3", (await desk.PageAsync($"/scheduling/board/2026-06-22?{At}")).QuerySelector(".day-note")!.TextContent);
    }

    [Fact]
    public async Task The_peek_shows_phone_and_reason_and_is_in_the_access_log()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Peek");
        var visit = await clinic.BookAsync(desk, [.. Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(18, "15:00")), ("Note", "Brings lab results")]);

        var peek = await desk.Http.GetStringAsync($"/scheduling/board/peek/{visit}");

        Assert.Contains("(555) 010-4471", peek);
        Assert.Contains("Brings lab results", peek);
    }

    [Fact]
    public void The_board_is_as_wide_as_its_day_and_counts_by_the_wall_when_the_clocks_change()
    {
        var day = new DateOnly(2026, 11, 1);
        DateTimeOffset Hour(int hour) => WallTime.Instant(day, new(hour, 0), "America/New_York");
        var grid = BoardGrid.Around("America/New_York", day, [new Interval(Hour(6), Hour(19))]);

        Assert.Equal((6, 19, 156), (grid.FirstHour, grid.LastHour, grid.Rows));
        Assert.Equal(36, grid.RowOf(Hour(9)));
    }

    private static (string, string)[] Dropped(Guid provider, string time) =>
        [("Provider", $"{provider}"), ("Location", $"{TestHost.NorthMain}"), ("Date", "2026-06-18"), ("Time", time), ("Why", "Moved on the board"), ("Told", "false")];

    private static async Task<IElement> VisitAsync(TestClient desk, Guid provider, Guid visit) =>
        (await desk.PageAsync(Day)).QuerySelector($"#lane-{provider:N} #v-{visit:N}")!;

    private async Task<(TestClient Desk, Guid Provider, Guid Patient)> DeskAsync(string provider) =>
        (await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk), await clinic.AddProviderAsync(provider), (await clinic.AddPatientsAsync(1))[0]);
}
