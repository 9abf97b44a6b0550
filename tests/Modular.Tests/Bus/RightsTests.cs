using Modular.Sdk;

namespace Modular.Tests.Bus;

public sealed class RightsTests
{
    [Fact]
    public void A_handler_has_the_permissions_of_its_module_and_of_no_other()
    {
        var handler = new Actor { Name = "Ada", PersonId = Guid.CreateVersion7(), IsSystem = true, Module = "patients" };

        Assert.True(handler.Can("patients.patient.read"));
        Assert.False(handler.Can("scheduling.visit.read"));
        Assert.False(handler.Can("patients-portal.message.read"));
        Assert.True(DataScope.Of(handler).AllLocations);
        Assert.True(Actor.System("job").Can("scheduling.visit.read"));
    }
}
