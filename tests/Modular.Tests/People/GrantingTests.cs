using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Tests.People;

public sealed class GrantingTests
{
    private static readonly Guid Here = Guid.CreateVersion7();
    private static readonly Guid There = Guid.CreateVersion7();

    private static Actor Person(string[] permissions, string[]? roles = null, Guid[]? locations = null) =>
        new() { Name = "somebody", PersonId = Guid.CreateVersion7(), Permissions = permissions.ToHashSet(), Roles = roles ?? [], Locations = locations };

    [Fact]
    public void Nobody_gives_what_they_lack()
    {
        var fault = Granting.Fault(Person(["a.b.read"]), [Roles.Nurse], new HashSet<string> { "a.b.read", "a.b.edit" }, p => $"title of {p}");

        Assert.Contains("title of a.b.edit", fault);
        Assert.DoesNotContain("title of a.b.read", fault);
    }

    [Fact]
    public void Having_all_of_it_is_enough() =>
        Assert.Null(Granting.Fault(Person(["a.b.read", "a.b.edit"]), [Roles.Nurse], new HashSet<string> { "a.b.read" }, p => p));

    [Fact]
    public void Only_an_owner_makes_an_owner_even_with_every_permission()
    {
        Assert.NotNull(Granting.Fault(Person(["a.b.read"], [Roles.Manager]), [Roles.Owner], new HashSet<string> { "a.b.read" }, p => p));
        Assert.Null(Granting.Fault(Person(["a.b.read"], [Roles.Owner]), [Roles.Owner], new HashSet<string> { "a.b.read" }, p => p));
    }

    [Fact]
    public void Somebody_of_one_place_gives_only_that_place()
    {
        var local = Person([], locations: [Here]);

        Assert.Null(Granting.LocationFault(local, [Here]));
        Assert.NotNull(Granting.LocationFault(local, [Here, There]));
        Assert.NotNull(Granting.LocationFault(local, null));
        Assert.Null(Granting.LocationFault(Person([]), null));
    }
}
