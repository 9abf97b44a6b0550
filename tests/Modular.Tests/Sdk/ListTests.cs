using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Sdk;

/// <summary>What a list's declaration means for whoever asks.</summary>
public sealed class ListTests(SharedHost shared)
{
    private sealed record Wage(Guid Id, string Name, decimal Amount, DateOnly Since);

    private static readonly Wage[] Wages =
    [
        new(Guid.CreateVersion7(), "=Bo_", 20m, new(2026, 1, 5)), new(Guid.CreateVersion7(), "Ada", 30.5m, new(2025, 1, 5)),
    ];

    private static readonly ListDefinition<Wage> List = new("tests.wages", "Wages")
    {
        Id = w => w.Id, Order = "-name",
        Filters = [new("paid", "Paid", "Any", new Dictionary<string, string> { ["well"] = "Well" }, _ => w => w.Amount > 25)],
        Columns =
        [
            new("name", "Name", w => w.Name) { Sort = w => w.Name },
            new("amount", "Amount", w => w.Amount) { Sort = w => w.Amount, Needs = "tests.wage.read" },
            new("since", "Since", w => w.Since) { FileOnly = true },
        ],
    };

    private sealed class WageList : Slice
    {
        public Task<IActionResult> Get(ListDefinition<Wage> list) =>
            ListAsync(list, Wages.AsQueryable(), new() { Sort = Request.Query["sort"] }, CancellationToken.None);
    }

    [Theory]
    [InlineData("", "Name,Since|Ada,01/05/2025|'=Bo_,01/05/2026")]
    [InlineData("tests.wage.read", "Name,Amount,Since|Ada,30.5,01/05/2025|'=Bo_,20,01/05/2026")]
    public async Task A_column_that_takes_a_permission_is_in_no_file_of_whoever_lacks_it(string permission, string lines) =>
        Assert.Equal(lines, await FileAsync("?format=csv", permission));

    [Fact]
    public async Task A_file_is_filtered_and_ordered_as_the_address_says()
    {
        Assert.Equal("Name,Amount,Since|'=Bo_,20,01/05/2026|Ada,30.5,01/05/2025", await FileAsync("?format=csv&sort=amount", "tests.wage.read"));
        Assert.Equal("Name,Since|Ada,01/05/2025", await FileAsync("?format=csv&paid=well", ""));
    }

    [Theory]
    [InlineData("?format=csv&sort=amount", "This list cannot be ordered by “amount”.")]
    [InlineData("?format=csv&sort=since", "This list cannot be ordered by “since”.")]
    [InlineData("?format=csv&paid=badly", "Paid: this list has no “badly”.")]
    [InlineData("?format=csv&q=ada", "This list cannot be filtered by “q”.")]
    [InlineData("?format=csv&colour=red", "This list cannot be filtered by “colour”.")]
    public async Task What_the_list_does_not_have_for_this_person_is_refused_in_a_sentence(string query, string sentence)
    {
        var answer = Assert.IsType<ObjectResult>(await AskAsync(List, query, ""));

        Assert.Equal((StatusCodes.Status400BadRequest, sentence), (answer.StatusCode, Assert.IsType<ProblemDetails>(answer.Value).Detail));
    }

    [Fact]
    public async Task A_list_of_patients_that_does_not_say_who_may_take_it_along_is_not_shown()
    {
        var list = new ListDefinition<Wage>("tests.patients", "Patients") { Columns = List.Columns, Patients = w => [w.Id] };

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(list, "?format=csv", ""));

        Assert.Contains("its action needs [Export]", fault.Message, StringComparison.Ordinal);
    }

    private async Task<string> FileAsync(string query, string permission) =>
        string.Join('|', Encoding.UTF8.GetString(Assert.IsType<FileContentResult>(await AskAsync(List, query, permission)).FileContents)
            .TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries));

    private async Task<IActionResult> AskAsync(ListDefinition<Wage> list, string query, string permission)
    {
        await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton<IPractice>(shared.Host.North)
            .AddSingleton(new ChosenLocation(null, [])).AddSingleton(new Actor { Name = "Ada", PersonId = Guid.Empty, Permissions = new HashSet<string> { permission } })
            .BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services };
        http.Request.QueryString = new(query);
        using var slice = new WageList { ControllerContext = new() { HttpContext = http } };
        return await slice.Get(list);
    }
}
